import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { requireWebhookSecret, verifyWebhook, type WebhookHeaders, WebhookVerificationError } from "../../src/index.ts";

const SECRET = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
const OTHER_SECRET = `whsec_${btoa("fedcba9876543210fedcba9876543210")}`;
const NOW = new Date("2026-11-21T10:00:00Z");
const EVENT = {
  id: "evt_0123456789abcdefghij",
  type: "checkout.paid",
  timestamp: "2026-11-21T09:59:58.000Z",
  data: { checkout: { id: "co_1", status: "paid", reference: "Bestellung Nr. 7 – für Zoë" } },
};
const BODY = JSON.stringify(EVENT);

/** Headers that the public library has signed. */
function signed(body = BODY, { secret = SECRET, at = NOW, id = EVENT.id } = {}) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(at.getTime() / 1000),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}

function secondsFromNow(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

describe("a webhook that standardwebhooks signed", () => {
  const { id, type, data, timestamp: created_at } = EVENT;
  const upperCase = Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]));

  it.each<[string, WebhookHeaders]>([
    ["a record", signed()],
    ["a record with names in capitals", upperCase],
    ["a record of lists", Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name, [value]]))],
    [
      "a record of Node's",
      Object.assign(Object.create(null) as WebhookHeaders, { ...signed(), "set-cookie": ["a", "b"] }),
    ],
    [
      "a record with a header named get, and headers that were not sent",
      { ...signed(), get: "text", origin: undefined, via: null },
    ],
    ["an object that only has get", { get: (name: string) => new Headers(signed()).get(name) }],
    [
      "an object that only has get and returns lists",
      { get: (name: string) => new Headers(signed()).get(name)?.split("\n") },
    ],
    ["a Map of lists", new Map(Object.entries(upperCase).map(([name, value]) => [name, [value]] as const))],
    ["pairs", Object.entries(signed())],
    ["Headers", new Headers(signed())],
    ["a Map", new Map(Object.entries(upperCase))],
  ])("is the event of the events list, with headers as %s", async (_form, headers) => {
    expect(await verifyWebhook(BODY, headers, SECRET, { now: NOW })).toEqual({ id, type, created_at, data });
  });

  it("is read from bytes", async () => {
    const bytes = new TextEncoder().encode(BODY);
    expect(await verifyWebhook(bytes, signed(), SECRET, { now: NOW })).toMatchObject({ id, data });
  });

  it("is verified at the current time by default", async () => {
    await expect(verifyWebhook(BODY, signed(), SECRET)).rejects.toMatchObject({ name: "WebhookVerificationError" });
    const now = new Date(Math.floor(Date.now() / 1000) * 1000);
    expect(await verifyWebhook(BODY, signed(BODY, { at: now }), SECRET)).toMatchObject({ id });
  });

  it("is verified while its secret is replaced, on either side", async () => {
    const options = { now: NOW };
    expect(await verifyWebhook(BODY, signed(), [OTHER_SECRET, SECRET], options)).toMatchObject({ id });
    const both = [OTHER_SECRET, SECRET].map((secret) => signed(BODY, { secret })["webhook-signature"]).join(" ");
    const headers = { ...signed(), "webhook-signature": `v1a,aGVsbG8= ${both}` };
    expect(await verifyWebhook(BODY, headers, SECRET, options)).toMatchObject({ id });
  });

  it.each([-300, 300])("is verified %i seconds from now", async (seconds) => {
    const headers = signed(BODY, { at: secondsFromNow(seconds) });
    expect(await verifyWebhook(BODY, headers, SECRET, { now: NOW })).toMatchObject({ id });
  });
});

describe("a webhook is rejected", () => {
  const [, mac = ""] = signed()["webhook-signature"].split(",");
  it.each<[string, string, WebhookHeaders, string | readonly string[], string]>([
    ["with another body", `${BODY} `, signed(), SECRET, "wrong_signature"],
    ["with another id", BODY, { ...signed(), "webhook-id": "evt_2" }, SECRET, "wrong_signature"],
    ["with another time", BODY, { ...signed(), "webhook-timestamp": "1795255201" }, SECRET, "wrong_signature"],
    ["with another secret", BODY, signed(BODY, { secret: OTHER_SECRET }), SECRET, "wrong_signature"],
    ["with another version", BODY, { ...signed(), "webhook-signature": `v2,${mac}` }, SECRET, "wrong_signature"],
    ["with half a signature", BODY, { ...signed(), "webhook-signature": "v1," }, SECRET, "wrong_signature"],
    ["with a bare signature", BODY, { ...signed(), "webhook-signature": mac }, SECRET, "wrong_signature"],
    ["that is too old", BODY, signed(BODY, { at: secondsFromNow(-301) }), SECRET, "too_old"],
    ["with a timestamp in the future", BODY, signed(BODY, { at: secondsFromNow(301) }), SECRET, "too_new"],
    ["without headers", BODY, {}, SECRET, "missing_header"],
    ["without a signature", BODY, { ...signed(), "webhook-signature": undefined }, SECRET, "missing_header"],
    ["with an empty signature", BODY, { ...signed(), "webhook-signature": "" }, SECRET, "malformed_header"],
    ["with a header that is null", BODY, { ...signed(), "webhook-id": null }, SECRET, "missing_header"],
    ["with an empty list", BODY, { ...signed(), "webhook-id": [] }, SECRET, "missing_header"],
    ["with a get that finds nothing", BODY, { get: () => null }, SECRET, "missing_header"],
    ["with two ids in two cases", BODY, { ...signed(), "Webhook-Id": "evt_2" }, SECRET, "malformed_header"],
    ["with two ids", BODY, { ...signed(), "webhook-id": ["evt_1", "evt_2"] }, SECRET, "malformed_header"],
    ["with an id that has a dot", BODY, { ...signed(), "webhook-id": "evt.1" }, SECRET, "malformed_header"],
    [
      "with a timestamp that is not a number",
      BODY,
      { ...signed(), "webhook-timestamp": "1e9" },
      SECRET,
      "malformed_header",
    ],
    ["without a secret", BODY, signed(), [], "malformed_secret"],
    ["with an empty secret", BODY, signed(), "", "malformed_secret"],
    ["with a secret that is only the prefix", BODY, signed(), "whsec_", "malformed_secret"],
    ["with a secret that is not base64", BODY, signed(), "whsec_not-base-64", "malformed_secret"],
    ["with one of two secrets unset", BODY, signed(), [SECRET, ""], "malformed_secret"],
    ["that is not JSON", "paid", signed("paid"), SECRET, "malformed_body"],
    ["that is not an object", "null", signed("null"), SECRET, "malformed_body"],
    ["without fields", "{}", signed("{}"), SECRET, "malformed_body"],
  ])("%s", async (_name, body, headers, secrets, code) => {
    const refused = verifyWebhook(body, headers, secrets, { now: NOW });
    await expect(refused).rejects.toBeInstanceOf(WebhookVerificationError);
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.not.toThrow(SECRET);
  });

  it.each([{ toleranceSeconds: Number.NaN }, { now: new Date("never") }])(
    "with the invalid time options %j",
    async (options) => {
      const refused = verifyWebhook(BODY, signed(), SECRET, { now: NOW, ...options });
      await expect(refused).rejects.toMatchObject({ code: "too_new" });
    },
  );

  it.each([undefined, null, "webhook-id: evt_1"])(
    "with %j instead of headers, with a TypeError that names `headers`",
    async (headers) => {
      await expect(verifyWebhook(BODY, headers as never, SECRET, { now: NOW })).rejects.toThrow(/`headers` must be/);
    },
  );

  it("with a parsed body, with a TypeError that names the raw body", async () => {
    await expect(verifyWebhook(EVENT as never, signed(), SECRET, { now: NOW })).rejects.toThrow(/raw body/);
  });
});

describe("the secret of an endpoint", () => {
  it.each<[string, string | readonly string[]]>([
    ["one", SECRET],
    ["two, while one replaces the other", [OTHER_SECRET, SECRET]],
  ])("passes the check at startup: %s", (_name, secrets) => {
    expect(() => requireWebhookSecret(secrets)).not.toThrow();
  });

  it.each<[string, unknown]>([
    ["a missing one", undefined],
    ["an empty one", ""],
    ["a prefix only", "whsec_"],
    ["no prefix", SECRET.replace("whsec_", "")],
    ["no base64", "whsec_not-base-64"],
    ["an empty list", []],
    ["a list with an empty one", [SECRET, ""]],
  ])("fails the check at startup: %s", (_name, secrets) => {
    const check = () => requireWebhookSecret(secrets as string);
    expect(check).toThrow(WebhookVerificationError);
    expect(check).toThrow(expect.objectContaining({ code: "malformed_secret" }));
    expect(check).not.toThrow(SECRET.slice("whsec_".length));
  });
});
