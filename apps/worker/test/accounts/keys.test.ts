import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { MerchantObject } from "../../src/merchant-object/merchant-object.ts";
import { digestOf } from "../../src/crypto/digest.ts";
import { administer } from "../support/connect.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { errorOf, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);

interface Created {
  readonly id: string;
  readonly secret_key: string;
  readonly ends_with: string;
}

interface List {
  readonly data: readonly { readonly id: string; readonly ends_with: string }[];
}

describe("secret keys", () => {
  it("are rotated without a moment in which no key works", async () => {
    const [old] = (await answerAsServer<List>("GET", "keys")).data;
    const created = await answerAsServer<Created>("POST", "keys");
    expect(created.secret_key).toMatch(/^sk_sandbox_demo_[A-Za-z0-9_-]{49}$/);
    expect(created.secret_key.endsWith(created.ends_with)).toBe(true);
    await answerAsServer("GET", "keys", { key: created.secret_key });
    await answerAsServer("GET", "keys");
    const left = await answerAsServer<List>("DELETE", `keys/${old?.id}`, { key: created.secret_key });
    expect(left.data.map((key) => key.id)).toEqual([created.id]);
    expect((await callAsServer("GET", "keys")).status).toBe(401);
    await answerAsServer("GET", "keys", { key: created.secret_key });
  });

  it("are limited to two", async () => {
    await answerAsServer("POST", "keys");
    const third = await callAsServer("POST", "keys");
    expect(third.status).toBe(409);
    expect((await errorOf(third)).code).toBe("key_limit");
  });

  it("are returned again to a call that is repeated under its Idempotency-Key, because its answer may have been lost", async () => {
    const first = await answerAsServer<Created>("POST", "keys", { idempotencyKey: "rotation-1" });
    expect(await answerAsServer("POST", "keys", { idempotencyKey: "rotation-1" })).toEqual(first);
    expect((await answerAsServer<List>("GET", "keys")).data).toHaveLength(2);
  });

  it("can all be replaced by the operator, for a merchant whose key was stolen", async () => {
    const stolen = secretKeyOf("demo");
    const thiefs = await answerAsServer<Created>("POST", "keys");
    const replaced = await administer("POST", "/v1/merchants/demo/replace_keys");
    const { secret_key: key } = await replaced.json<Created>();
    for (const dead of [stolen, thiefs.secret_key]) {
      expect((await callAsServer("GET", "keys", { key: dead })).status).toBe(401);
    }
    expect((await answerAsServer<List>("GET", "keys", { key })).data).toHaveLength(1);
  });

  it.each(["just before", "just after"])(
    "that are replaced leave no way back to a thief who creates another key %s that",
    async (when) => {
      const hash = await digestOf(secretKeyOf("demo"));
      const ours = await runInDurableObject(merchantObject(), async (object: MerchantObject) => {
        const replace = () => object.administer("replaceKeys", {}, "incident-0001");
        const replaced = when === "just after" ? replace() : null;
        const thiefs = object.serve({ keyHash: hash }, "createKey", null, "thief-00001");
        const outcome = await (replaced ?? replace());
        await thiefs;
        return outcome;
      });
      if (!ours.ok) throw new Error("the keys were not replaced");
      const { data: keys } = await answerAsServer<List>("GET", "keys", { key: ours.value.answer.secret_key });
      expect(keys.map(({ id }) => id)).toEqual([ours.value.answer.id]);
    },
  );

  it("can be replaced together with disabling all webhook endpoints", async () => {
    const url = "https://thief.example/orders";
    const { id } = await answerAsServer<{ id: string }>("POST", "webhook_endpoints", { body: { url } });
    const replaced = await administer("POST", "/v1/merchants/demo/replace_keys", { webhook_endpoints: "disable" });
    const { secret_key: key } = await replaced.json<Created>();
    const endpoint = await answerAsServer("GET", `webhook_endpoints/${id}`, { key });
    expect(endpoint).toMatchObject({ url, enabled: false, disabled_reason: null });
    const { id: checkout } = await openServerCheckout({}, key);
    await answerAsServer("POST", `checkouts/${checkout}/cancel`, { key });
    expect(await answerAsServer("GET", `webhook_endpoints/${id}/deliveries`, { key })).toMatchObject({
      data: [],
    });
  });

  it("can't revoke themselves or a key that does not exist", async () => {
    const [own] = (await answerAsServer<List>("GET", "keys")).data;
    expect((await errorOf(await callAsServer("DELETE", `keys/${own?.id}`))).code).toBe("key_in_use");
    expect((await errorOf(await callAsServer("DELETE", "keys/key_00000000000000000000"))).code).toBe("key_not_found");
  });
});
