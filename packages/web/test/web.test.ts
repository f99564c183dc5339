import { createHmac } from "node:crypto";
import { backoff } from "@qonto-pay/web/backoff";
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from "@qonto-pay/web/base64";
import { isSameSecret } from "@qonto-pay/web/constant-time";
import { hmacSha256 } from "@qonto-pay/web/hmac";
import { readRetryAfter } from "@qonto-pay/web/retry-after";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Uint8Array.from(array));

describe("base64", () => {
  it("is written as Node writes it, and can be read again", () => {
    fc.assert(
      fc.property(bytes, (written) => {
        const buffer = Buffer.from(written);
        expect(toBase64(written)).toBe(buffer.toString("base64"));
        expect(toBase64Url(written)).toBe(buffer.toString("base64url"));
        expect(fromBase64(toBase64(written))).toEqual(written);
        expect(fromBase64Url(toBase64Url(written))).toEqual(written);
      }),
    );
  });

  it.each(["a", "ab", "ab=", "a===", "ab==c", "-_-_", "a b=", "YWJj\n", "é"])("%j is not read", (text) => {
    expect(fromBase64(text)).toBeNull();
  });

  it.each(["a", "ab==", "+/+/", "abcde", "YWJj\n", "é"])("%j is not read as base64url", (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});

it("an HMAC equals the one that Node computes", async () => {
  const sample = fc.asyncProperty(
    bytes.filter((key) => key.length > 0),
    bytes,
    async (key, message) => {
      const expected = createHmac("sha256", key).update(message).digest("hex");
      expect(Buffer.from(await hmacSha256(key, message)).toString("hex")).toBe(expected);
    },
  );
  await fc.assert(sample);
});

it("two secrets are the same only if every character is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
      expect(isSameSecret(one, one)).toBe(true);
      expect(isSameSecret(one, other)).toBe(one === other);
      expect(isSameSecret(one, `${one}x`)).toBe(false);
      expect(isSameSecret(`${one}\0`, one)).toBe(false);
      expect(isSameSecret(one, `${one}\0`)).toBe(false);
    }),
  );
});

it.each([
  ["0", 0],
  [" 120 ", 120],
  ["Mon, 30 Nov 2026 12:00:30 GMT", 30],
  ["Mon, 30 Nov 2026 11:00:00 GMT", 0],
  ["soon", undefined],
  ["-1.5.", undefined],
  ["9999999999999", undefined],
  ["Mon, 32 Nov 2026 12:00:00 GMT", undefined],
  ["", undefined],
])("Retry-After: %s is %j seconds", (value, seconds) => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  expect(readRetryAfter(new Headers({ "Retry-After": value }), now)).toBe(seconds);
  expect(readRetryAfter(new Headers(), now)).toBeUndefined();
});

it("each failure doubles the wait, up to the longest", () => {
  const waits = [0, 1, 2, 3, 4, 2000].map((failures) => backoff(failures, { shortest: 5, longest: 60 }));
  expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
});
