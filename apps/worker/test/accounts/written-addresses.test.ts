import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/context/config.ts";
import { requireUsableOrigins } from "../../src/accounts/require-usable-origins.ts";
import { env, runInDurableObject } from "cloudflare:test";
import { administer } from "../support/connect.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import {
  deliveriesOf,
  type Endpoint,
  openEndpoint,
  paidCheckout,
  receivedAt,
  resetShops,
  scriptShop,
  shopPorts,
  shopUrl,
  untilDeliveries,
  untilReceived,
} from "../support/shop-server.ts";
import { errorOf, KEY, openShop, priceOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(resetShops);

/** Returns the merchant's origins after the change. */
async function allow(origins: readonly string[]): Promise<readonly string[]> {
  const response = await administer("PATCH", "/v1/merchants/demo", { allowed_origins: origins });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json<{ allowed_origins: readonly string[] }>()).allowed_origins;
}

describe("an allowed origin", () => {
  it.each([
    ["HTTPS://WWW.Shop.Example", "https://www.shop.example"],
    ["https://shop.example/", "https://shop.example"],
    ["https://shop.example:443", "https://shop.example"],
    ["https://shop.example:8443/", "https://shop.example:8443"],
    [" https://shop.example\n", "https://shop.example"],
    ["https://b\u00e4ckerei.example", "https://xn--bckerei-5wa.example"],
    ["https://ba\u0308ckerei.example", "https://xn--bckerei-5wa.example"],
    ["https://my_shop.example", "https://my_shop.example"],
    ["http://localhost:3000/", "http://localhost:3000"],
    ["http://LOCALHOST:80", "http://localhost"],
    ["http://shop.localhost:3000", "http://shop.localhost:3000"],
    ["http://shop.test", "http://shop.test"],
    ["http://shop.test:8080", "http://shop.test:8080"],
    ["http://my-mac.local:5173", "http://my-mac.local:5173"],
  ])("is stored as browsers send it: %j", async (written, origin) => {
    expect(await allow([written])).toEqual([origin]);
    expect((await priceOf({ publishable_key: KEY, product: "mug" }, { origin })).status).toBe(200);
  });

  it("that is sent twice is stored once", async () => {
    expect(await allow(["https://shop.example/", "https://SHOP.example:443", "https://shop.example"])).toEqual([
      "https://shop.example",
    ]);
  });

  it.each(["http://shop.test", "http://mac.local:3000"])(
    "with http in a local network is rejected by a deployed Worker: %s",
    (origin) => {
      const deployed = { ...readConfig(env), isLocal: false };
      expect(() =>
        requireUsableOrigins(deployed, ["https://shop.example", "http://shop.localhost:3000", origin]),
      ).toThrow(
        expect.objectContaining({
          code: "invalid_request",
          detail: { param: "allowed_origins[2]", message: expect.stringContaining("cloudflared tunnel --url") },
        }),
      );
    },
  );
});

describe("a success_url or cancel_url", () => {
  it("is stored in the form of the URL parser", async () => {
    await allow(["https://b\u00e4ckerei.example", "http://shop.test:8080"]);
    const checkout = await openServerCheckout({
      success_url: " HTTPS://B\u00c4CKEREI.example:443/danke sch\u00f6n#oben\n",
      cancel_url: "http://Shop.Test:8080/cart",
    });
    expect(checkout).toMatchObject({
      success_url: "https://xn--bckerei-5wa.example/danke%20sch%C3%B6n#oben",
      cancel_url: "http://shop.test:8080/cart",
    });
  });

  it.each(["shop.example/thanks", "javascript:alert(1)", "https://", "/thanks"])(
    "is rejected with the rule: %j",
    async (address) => {
      const items = [
        {
          title: "Mug",
          quantity: 1,
          price: { value: "1.00", currency: "EUR" },
          tax_behavior: "inclusive",
          vat_rate: "0",
        },
      ];
      const error = await errorOf(await callAsServer("POST", "checkouts", { body: { items, success_url: address } }));
      expect(error).toMatchObject({
        param: "success_url",
        message: "The field success_url must be an http or https address, like https://shop.example/thanks.",
      });
    },
  );
});

/** Stores an address as it was stored before addresses had the form of the URL parser. */
function storeAddress(id: string, url: string): Promise<void> {
  return runInDurableObject(merchantObject(), (_object, state) => {
    state.storage.sql.exec("UPDATE webhook_endpoints SET url = ? WHERE id = ?", url, id);
  });
}

describe("an address that is registered twice", () => {
  it("is one endpoint, with the latest settings and a new secret beside the previous one", async () => {
    const url = "https://SHOP.example:443/hook";
    const first = await answerAsServer<Endpoint>("POST", "webhook_endpoints", { body: { url } });
    expect(first.url).toBe("https://shop.example/hook");
    const body = { url: "https://shop.example/hook\n", event_types: ["checkout.paid"], description: "The shop" };
    const register = () =>
      answerAsServer<Endpoint>("POST", "webhook_endpoints", { body, idempotencyKey: "another-key" });
    const second = await register();
    expect(second).toMatchObject({ id: first.id, event_types: ["checkout.paid"], description: "The shop" });
    expect(second.secret).not.toBe(first.secret);
    expect(second.previous_secret_until).not.toBeNull();
    expect(await register()).toEqual(second);
    const { data: endpoints } = await answerAsServer<{ data: Endpoint[] }>("GET", "webhook_endpoints");
    expect(endpoints).toHaveLength(1);
  });

  it("is one endpoint for simultaneous requests, and receives each event once, signed with both secrets", async () => {
    const endpoints = await Promise.all([openEndpoint("/twice"), openEndpoint("/twice")]);
    expect(new Set(endpoints.map(({ id }) => id)).size).toBe(1);
    await paidCheckout();
    await untilReceived("/twice", 1);
    expect(await deliveriesOf({ id: endpoints[0].id })).toHaveLength(1);
    const [webhook] = await receivedAt("/twice");
    for (const { secret } of endpoints) {
      expect(new Webhook(secret).verify(webhook?.body ?? "", { ...webhook?.headers })).toMatchObject({
        type: "checkout.paid",
      });
    }
  });

  it.each(["https://shop.example", "https://SHOP.example:443/"])(
    "is also one endpoint if the address was stored as it was written: %s",
    async (written) => {
      const { id } = await answerAsServer<Endpoint>("POST", "webhook_endpoints", {
        body: { url: "https://shop.example/" },
      });
      await storeAddress(id, written);
      const again = await answerAsServer<Endpoint>("POST", "webhook_endpoints", { body: { url: written } });
      expect(again).toMatchObject({ id, url: "https://shop.example/" });
      const other = await openEndpoint("/shop");
      await storeAddress(id, written);
      const change = { body: { url: "https://shop.example/" } };
      const error = await errorOf(await callAsServer("PATCH", `webhook_endpoints/${other.id}`, change));
      expect(error).toMatchObject({ code: "invalid_request", param: "url" });
    },
  );

  it("and stored as two endpoints by an earlier version can be changed", async () => {
    const [first, second] = [await openEndpoint("/shop"), await openEndpoint("/other")];
    await storeAddress(second.id, first.url);
    for (const { id } of [first, second]) {
      const path = `webhook_endpoints/${id}`;
      for (const body of [{ enabled: false }, { url: first.url, enabled: true }]) {
        expect(await answerAsServer("PATCH", path, { body })).toMatchObject(body);
      }
    }
    await answerAsServer("PATCH", `webhook_endpoints/${second.id}`, { body: { url: shopUrl("/other") } });
    const back = await callAsServer("PATCH", `webhook_endpoints/${second.id}`, { body: { url: first.url } });
    expect(await errorOf(back)).toMatchObject({ code: "invalid_request", param: "url" });
  });

  it("is enabled again, and receives its pending deliveries", async () => {
    const { id } = await openEndpoint("/shop");
    await scriptShop("/shop", { status: 503 }, { status: 200 });
    await paidCheckout();
    await untilReceived("/shop", 1);
    await answerAsServer("PATCH", `webhook_endpoints/${id}`, { body: { enabled: false } });
    expect(await openEndpoint("/shop")).toMatchObject({ id, enabled: true, disabled_reason: null });
    await untilReceived("/shop", 2);
  });

  it("counts once towards the limit of five", async () => {
    for (let count = 0; count < 5; count += 1) await openEndpoint(`/shop-${count}`);
    expect((await callAsServer("POST", "webhook_endpoints", { body: { url: shopUrl("/shop-3") } })).status).toBe(201);
  });

  it("through a change of another endpoint is rejected with the endpoint that has it", async () => {
    const [first, second] = [await openEndpoint("/shop"), await openEndpoint("/other")];
    const change = { body: { url: shopUrl("/x/../shop") } };
    const error = await errorOf(await callAsServer("PATCH", `webhook_endpoints/${second.id}`, change));
    expect(error).toMatchObject({ code: "invalid_request", param: "url" });
    expect(error.message).toContain(first.id);
    expect((await callAsServer("PATCH", `webhook_endpoints/${first.id}`, change)).status).toBe(200);
  });
});

/** A shop on a developer's machine. */
describe("a webhook to a name of this machine", () => {
  const names = ["localhost", "shop.localhost", "LOCALHOST"];
  const shops = shopPorts().flatMap(([address, port]) => names.map((name) => ({ address, port, name })));

  it.each(shops)("reaches a shop that listens on $address only: $name", async ({ port, name }) => {
    await answerAsServer("POST", "webhook_endpoints", { body: { url: `http://${name}:${port}/local` } });
    await paidCheckout();
    await untilReceived("/local", 1);
  });

  it("is retried as a network problem if nothing listens", async () => {
    const endpoint = await answerAsServer<Endpoint>("POST", "webhook_endpoints", {
      body: { url: "http://localhost:1/" },
    });
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "pending", last_problem: "network", attempts: 1 }]);
  });
});

it("a rejected endpoint address gets the reason", async () => {
  const told = async (url: string) =>
    (await errorOf(await callAsServer("POST", "webhook_endpoints", { body: { url } }))).message;
  expect(await told("https://shop.example/hook#top")).toBe(
    "The field url must have no fragment (#), which is never sent.",
  );
  expect(await told("https://shop_1.example/")).toContain("no underscore");
  expect(await told("http://shop.example/")).toContain("cloudflared tunnel --url");
});
