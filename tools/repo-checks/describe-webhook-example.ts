import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { ExampleReceiver } from "./example-receiver.ts";

const SECRET = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
const OTHER_SECRET = `whsec_${btoa("fedcba9876543210fedcba9876543210")}`;
const BODY = '{"id":"evt_0123456789abcdefghij","type":"checkout.paid","data":{"checkout":{"reference":"Für Zoë"}}}';

function now(): string {
  return String(Math.floor(Date.now() / 1000));
}

/** Returns the headers of a webhook, with a signature for each key. */
function signed({ keys = [keyOf(SECRET)], time = now(), id = "evt_0123456789abcdefghij", body = BODY } = {}) {
  const signatures = keys.map(
    (key) => `v1,${createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64")}`,
  );
  return { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signatures.join(" ") };
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace("whsec_", ""), "base64");
}

/**
 * Declares the tests of each example of docs/reference/webhooks.md: it runs unchanged, and receives webhooks over HTTP.
 *
 * @param canRun whether its language is installed; otherwise the tests are skipped.
 */
export function describeWebhookExample(
  language: string,
  start: (secret: string | undefined) => Promise<ExampleReceiver>,
  canRun = true,
): void {
  let receiver: ExampleReceiver | undefined;
  afterEach(async () => {
    await receiver?.close();
    receiver = undefined;
  });

  describe.runIf(canRun)(`the example in ${language}`, () => {
    it("accepts a webhook, and one that is signed with two secrets, under either of them", async () => {
      receiver = await start(SECRET);
      expect(await receiver.answer(signed(), BODY)).toBe(204);
      const [ours, other] = [keyOf(SECRET), keyOf(OTHER_SECRET)];
      expect(await receiver.answer(signed({ keys: [other, ours] }), BODY)).toBe(204);
      expect(await receiver.answer(signed({ keys: [ours, other] }), BODY)).toBe(204);
    });

    it("answers 401 to an invalid webhook", async () => {
      receiver = await start(SECRET);
      const far = (seconds: number) => String(Number(now()) + seconds);
      const { "webhook-signature": signature, ...unsigned } = signed();
      const refused: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
        ["nothing", {}, BODY],
        ["no signature", unsigned, BODY],
        ["an empty signature", { ...unsigned, "webhook-signature": "" }, BODY],
        ["a signature of another version", { ...unsigned, "webhook-signature": signature.replace("v1", "v2") }, BODY],
        ["a signature with another secret", signed({ keys: [keyOf(OTHER_SECRET)] }), BODY],
        ["a signature with an empty key", signed({ keys: [Buffer.alloc(0)] }), BODY],
        ["another body", signed(), BODY.replace("paid", "open")],
        ["a body that was parsed and serialized again", signed({ body: BODY.replaceAll(":", ": ") }), BODY],
        ["another id", { ...signed(), "webhook-id": "evt_another" }, BODY],
        ["too old", signed({ time: far(-310) }), BODY],
        ["of the future", signed({ time: far(310) }), BODY],
        ["a time with a valid beginning", signed({ time: `${now()}x` }), BODY],
        ["no time", signed({ time: "" }), BODY],
      ];
      const answers: (readonly [string, number | null])[] = [];
      for (const [name, headers, body] of refused) answers.push([name, await receiver.answer(headers, body)]);
      expect(answers).toEqual(refused.map(([name]) => [name, 401]));
    });

    it.each([undefined, "", "whsec_", "whsec_c2hvcnQ=", "whsec_*", "whsec_whsec_"])(
      "verifies nothing while its secret is %j, even a signature with the rest of it",
      async (secret) => {
        receiver = await start(secret);
        for (const key of [Buffer.alloc(0), keyOf(secret ?? "")]) {
          const status = await receiver.answer(signed({ keys: [key] }), BODY);
          expect(status ?? 500).toBe(500);
        }
      },
    );
  });
}
