import { expect, it } from "vitest";
import { exchange } from "../../src/qonto/http-exchange.ts";
import { QontoError } from "../../src/qonto/qonto-error.ts";

const REQUEST = { url: "https://qonto.example/", method: "GET", headers: {}, body: null };

it.each([
  ["7", 7],
  ["999999999", 600],
  ["Fri, 31 Dec 2999 23:59:59 GMT", 600],
  ["0", undefined],
  ["Thu, 01 Jan 2026 00:00:00 GMT", undefined],
  ["-1", undefined],
  ["1000000000000", undefined],
  ["Mon, 32 Jan 2999 00:00:00 GMT", undefined],
  ["soon", undefined],
  [null, undefined],
])("a 429 with Retry-After: %s states a wait of %s seconds", async (retryAfter, seconds) => {
  const send = () => Promise.resolve({ status: 429, body: "", date: null, retryAfter });
  const exchanged = exchange({ operation: "getPaymentLink", request: REQUEST, timeoutMs: 1_000, send });
  const fault: unknown = await exchanged.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(QontoError);
  expect(fault).toMatchObject({ kind: "rate_limited", retryAfter: seconds });
});
