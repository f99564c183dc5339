import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { administer } from "../support/connect.ts";
import { ConsoleBrowser, newSignInLink, signedIn } from "../support/console.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { errorOf, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);

interface Entry {
  readonly id: string;
  readonly action: string;
  readonly actor: { readonly type: string; readonly id: string | null; readonly name: string | null };
  readonly target: string | null;
}

/** Returns the recorded calls, the earliest first. */
async function entries(): Promise<readonly Entry[]> {
  const { data } = await answerAsServer<{ data: readonly Entry[] }>("GET", "audit_log");
  return data.toReversed();
}

async function actions(): Promise<readonly string[]> {
  return (await entries()).map(({ action }) => action);
}

describe("the audit log", () => {
  it("names the session, what it did, and what was changed", async () => {
    const browser = new ConsoleBrowser();
    await browser.follow((await newSignInLink("demo", { name: "Ada" })).token);
    const { id } = await (await browser.call("GET", "console/session")).json<{ id: string }>();
    await browser.call("PATCH", "products/mug", { body: { title: "Large mug" } });
    const { id: key } = await (await browser.call("POST", "keys")).json<{ id: string }>();
    await browser.call("PATCH", "merchant", { body: { allowed_origins: ["https://shop.example"] } });
    await browser.call("DELETE", "console/session");
    const actor = { type: "session", id, name: "Ada", key_ends_with: secretKeyOf("demo").slice(-4) };
    expect((await entries()).slice(1)).toMatchObject([
      { action: "session.started", actor, target: null },
      { action: "product.saved", actor, target: "mug" },
      { action: "key.created", actor, target: key },
      { action: "merchant.updated", actor, target: null },
      { action: "session.ended", actor, target: null },
    ]);
  });

  it("records a server's calls about access only, not its daily work", async () => {
    const { id } = await openServerCheckout();
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    await callAsServer("DELETE", "products/mug");
    const { id: key } = await answerAsServer<{ id: string }>("POST", "keys");
    await answerAsServer("DELETE", `keys/${key}`);
    expect(await entries()).toMatchObject([
      { action: "key.created", actor: { type: "secret_key", name: null }, target: key },
      { action: "key.revoked", actor: { type: "secret_key" }, target: key },
    ]);
  });

  it("records the calls of the operator", async () => {
    await administer("PATCH", "/v1/merchants/demo", { allowed_origins: [] });
    const replaced = await administer("POST", "/v1/merchants/demo/replace_keys");
    const { secret_key: key, id } = await replaced.json<{ secret_key: string; id: string }>();
    const { data } = await answerAsServer<{ data: readonly Entry[] }>("GET", "audit_log", { key });
    expect(data).toMatchObject([
      { action: "keys.replaced", actor: { type: "operator", id: null }, target: id },
      { action: "merchant.updated", actor: { type: "operator", id: null }, target: null },
    ]);
  });

  it("records a repeated call once, and a rejected or reading one not at all", async () => {
    const browser = await signedIn();
    const headers = { "Idempotency-Key": "console-0001" };
    for (let time = 0; time < 2; time += 1) await browser.call("DELETE", "products/mug", { headers });
    await browser.call("DELETE", "keys/key_00000000000000000000");
    await browser.call("GET", "keys");
    expect(await actions()).toEqual(["session.started", "product.deleted"]);
  });

  it("is listed page by page, the latest first", async () => {
    const browser = await signedIn();
    for (const product of ["mug", "poster"]) await browser.call("DELETE", `products/${product}`);
    const first = await answerAsServer<{ data: readonly Entry[]; has_more: boolean }>("GET", "audit_log?limit=2");
    expect([first.data.map(({ target }) => target), first.has_more]).toEqual([["poster", "mug"], true]);
    const last = first.data.at(-1)?.id ?? "";
    const second = await answerAsServer<{ data: readonly Entry[] }>("GET", `audit_log?after=${last}`);
    expect(second.data.map(({ action }) => action)).toEqual(["session.started"]);
    const unknown = await callAsServer("GET", "audit_log?after=aud_00000000000000000000");
    expect((await errorOf(unknown)).code).toBe("invalid_request");
  });

  it("keeps the last 2,000 entries, and no secret", async () => {
    const browser = await signedIn();
    await runInDurableObject(merchantObject(), (_object, { storage }) => {
      storage.sql.exec(
        `INSERT INTO audit_log (id, action, actor, target, created_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
         SELECT 'aud_' || i, 'repair.requested', '{}', NULL, 1 FROM n`,
      );
    });
    const { secret_key } = await (await browser.call("POST", "keys")).json<{ secret_key: string }>();
    const rows = await runInDurableObject(merchantObject(), (_object, { storage }) =>
      storage.sql.exec("SELECT * FROM audit_log").toArray(),
    );
    expect(rows).toHaveLength(2000);
    for (const secret of [secret_key, secretKeyOf("demo"), browser.cookie]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
  });
});
