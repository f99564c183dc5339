import { beforeAll, describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import { countObjectCalls } from "../support/object-calls.ts";
import { closeShops, errorOf, openShop, SHOP, secretKeyOf, WORKER } from "../support/shop.ts";

/** What the Worker rejects before it calls any merchant's object. */

beforeAll(openShop);

interface Refused {
  readonly code: string;
  readonly called: readonly string[];
}

async function send(path: string, init: RequestInit): Promise<Refused> {
  const { bindings, called } = countObjectCalls();
  const request = new Request(`${WORKER}${path}`, init);
  const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings);
  return { code: response.ok ? "accepted" : (await errorOf(response)).code, called };
}

function withKey(key: string): Promise<Refused> {
  return send("/v1/keys", { headers: { Authorization: `Bearer ${key}` } });
}

describe("a secret key without its checksum calls no merchant's object", () => {
  it("a guessed key of a merchant that exists", async () => {
    expect(await withKey(`sk_sandbox_demo_${"x".repeat(49)}`)).toEqual({ code: "invalid_key", called: [] });
  });

  it("a key with one other character", async () => {
    const key = secretKeyOf("demo");
    const at = "sk_sandbox_demo_".length + 5;
    const mistyped = `${key.slice(0, at)}${key[at] === "a" ? "b" : "a"}${key.slice(at + 1)}`;
    expect(await withKey(mistyped)).toEqual({ code: "invalid_key", called: [] });
  });

  it("the random part of a key with another merchant's name", async () => {
    expect(await withKey(secretKeyOf("demo").replace("demo", "shop"))).toEqual({ code: "invalid_key", called: [] });
  });

  it("the right key is accepted", async () => {
    expect(await withKey(secretKeyOf("demo"))).toEqual({ code: "accepted", called: ["serve"] });
  });
});

describe("a webhook without a signature of now calls no merchant's object", () => {
  const NOW = Math.floor(Date.now() / 1000);
  const MAC = "0".repeat(64);

  it.each([
    ["none", undefined],
    ["no time", `v1=${MAC}`],
    ["no signature", `t=${NOW}`],
    ["a short signature", `t=${NOW},v1=abc`],
    ["an old one", `t=${NOW - 3_600},v1=${MAC}`],
  ])("%s", async (_what, signature) => {
    const headers = signature === undefined ? {} : { "X-Qonto-Signature": signature };
    const sent = await send("/webhooks/qonto/demo", { method: "POST", headers, body: "{}" });
    expect(sent).toEqual({ code: "invalid_signature", called: [] });
  });
});

it("a publishable key of no merchant calls the object of that name once", async () => {
  await closeShops();
  const buy = (): Promise<Refused> =>
    send("/v1/checkouts", {
      method: "POST",
      headers: { Origin: SHOP },
      body: JSON.stringify({ publishable_key: "pk_sandbox_made-up", product: "mug" }),
    });
  expect(await buy()).toEqual({ code: "invalid_key", called: ["createCheckout"] });
  expect(await buy()).toEqual({ code: "invalid_key", called: [] });
});
