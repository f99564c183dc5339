import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  administer,
  askConsent,
  begin,
  consentAtQonto,
  createMerchant,
  decide,
  emptyWorker,
} from "../support/connect.ts";
import { exported, type Line, restore, restoreOnce, sell } from "../support/exported.ts";
import { merchantObject, ringUntil } from "../support/object/merchant-object.ts";
import { payCheckout } from "../support/paid-checkout.ts";
import {
  answerAsServer,
  callAsServer,
  openServerCheckout,
  type ServerCheckout,
  type ToldEvent,
} from "../support/server.ts";
import { shopUrl } from "../support/shop-server.ts";
import { checkoutFor, errorOf, openShop, SHOP } from "../support/shop.ts";

const ITEM = {
  title: "Poster",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

function eventsOf(key: string): Promise<{ readonly data: readonly ToldEvent[] }> {
  return answerAsServer("GET", "events", { key });
}

/** Changes the data of the first line. */
function withSettings([first, ...others]: readonly Line[], change: object): readonly Line[] {
  return [{ ...(first as Line), data: { ...first?.data, ...change } }, ...others];
}

describe("a restoration in another deployment", () => {
  it("keeps ids, events and payments, and sells no paid order again", async () => {
    const { paid } = await sell();
    const before = await answerAsServer<{ data: readonly ServerCheckout[] }>("GET", "checkouts");
    const lines = await exported();
    await emptyWorker();
    const { secret_key: key } = await createMerchant("demo", [SHOP]);
    const stored = lines.filter(({ type }) => type !== "settings" && type !== "end");
    expect(await restore(lines)).toEqual({ restored: stored.length, skipped: 0 });
    expect(await restore(lines)).toEqual({ restored: 0, skipped: stored.length });

    expect(await answerAsServer("GET", "checkouts", { key })).toEqual(before);
    const byCart = await answerAsServer<{ data: readonly ServerCheckout[] }>("GET", "checkouts?metadata[cart]=1", {
      key,
    });
    expect(byCart.data.map(({ id }) => id)).toEqual([paid.id]);
    const events = lines.filter(({ type }) => type === "event");
    expect((await eventsOf(key)).data.map(({ id }) => id)).toEqual(events.map(({ data }) => data["id"]));
    const read = await answerAsServer<ServerCheckout>("GET", `checkouts/${paid.id}`, { key });
    expect(read).toMatchObject({ status: "paid", payment_count: 1, amount: paid.amount });
    const again = await callAsServer("POST", "checkouts", { body: { items: [ITEM], reference: "ORDER-1" }, key });
    expect(await errorOf(again)).toMatchObject({ code: "order_already_paid", checkout_id: paid.id });
  });

  it("reports a payment of an open checkout, and sells products, once Qonto is connected", async () => {
    const { open } = await sell();
    const lines = await exported();
    await emptyWorker();
    const { secret_key: key, connect_url } = await createMerchant("demo", [SHOP]);
    await restore(lines);
    expect((await consentAtQonto(await begin(connect_url), "demo")).status).toBe(303);
    const body = { url: shopUrl("/shop"), event_types: ["checkout.paid"] };
    const endpoint = await answerAsServer<{ id: string }>("POST", "webhook_endpoints", { body, key });
    await payCheckout(open);
    await ringUntil(async () => {
      const { data } = await eventsOf(key);
      const told = data.filter(({ type, data: { checkout } }) => type === "checkout.paid" && checkout?.id === open.id);
      expect(told).toHaveLength(1);
    });
    vi.useRealTimers();
    const deliveries = await answerAsServer<{ data: readonly object[] }>(
      "GET",
      `webhook_endpoints/${endpoint.id}/deliveries`,
      { key },
    );
    expect(deliveries.data).toHaveLength(1);
    expect(await checkoutFor({ product: "poster" })).toMatchObject({ status: "open", amount: { value: "9.99" } });
  });

  it("keeps a checkout erased", async () => {
    const { paid } = await sell();
    await answerAsServer("POST", "erase", { body: { reference: "ORDER-1" } });
    const lines = await exported();
    await emptyWorker();
    const { secret_key: key, connect_url } = await createMerchant("demo", [SHOP]);
    await restore(lines);
    await consentAtQonto(await begin(connect_url), "demo");
    await answerAsServer("POST", `checkouts/${paid.id}/sync`, { key });
    const texts = await runInDurableObject(merchantObject(), (_object, { storage }) =>
      storage.sql.exec("SELECT payment_link FROM checkouts WHERE id = ?", paid.id).toArray(),
    );
    expect(JSON.stringify(texts)).not.toContain("Poster");
  });

  it("stores the organization and the retention, so that another organization can't be connected", async () => {
    await administer("PATCH", "/v1/merchants/demo", { retention: { payments_days: 4_000 } });
    const lines = await exported();
    await emptyWorker();
    const { secret_key: key, connect_url } = await createMerchant("demo", [SHOP]);
    await restore(withSettings(lines, { organization: { id: "another", name: "Another shop" } }));
    const [settings] = await exported("", key);
    expect(settings?.data).toMatchObject({ retention: { unpaid_days: 396, payments_days: 4_000 } });
    const browser = await begin(connect_url);
    const asked = await askConsent(browser, "demo");
    // The merchant chooses another organization than the preselected one.
    asked.searchParams.delete("organization_id");
    const page = await browser.get(await decide(asked, "allow"));
    expect(await page.text()).toContain("organization_mismatch");
  });

  it.each([
    ["another name", { merchant: "bakery" }],
    ["another environment", { environment: "live" }],
    ["another organization", { organization: { id: "another", name: "Another shop" } }],
  ])("is rejected for an export with %s", async (_name, change) => {
    const response = await restoreOnce(withSettings(await exported(), change).slice(0, 2));
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe("export_mismatch");
  });

  it("is rejected for a merchant with products or checkouts, and for a second export", async () => {
    await sell();
    const lines = await exported();
    const response = await restoreOnce(lines.slice(0, 100));
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe("merchant_not_empty");
    await emptyWorker();
    await createMerchant("demo", [SHOP]);
    await restore(lines);
    const second = await restoreOnce(withSettings(lines, { exported_at: 1 }).slice(0, 100));
    expect((await errorOf(second)).code).toBe("merchant_not_empty");
  });

  it("does not bring back the data of a person that were erased after it", async () => {
    const { id } = await openServerCheckout({ reference: "ORDER-1", metadata: { customer: "ada" } });
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    const lines = await exported();
    await emptyWorker();
    const { secret_key: key } = await createMerchant("demo", [SHOP]);
    await restore(lines);
    await answerAsServer("POST", "erase", { body: { reference: "ORDER-1" }, key });
    expect((await errorOf(await restoreOnce(lines.slice(0, 100)))).code).toBe("merchant_not_empty");
  });
});

describe("a call of a restoration", () => {
  let settings: Line;
  beforeEach(async () => {
    settings = (await exported())[0] as Line;
    await emptyWorker();
    await createMerchant("demo", [SHOP]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["an unknown column", { id: "mug", body: {}, sealed: "x" }],
    ["a required value that is missing", { id: "mug" }],
    ["a value of the wrong type", { id: ["mug"], body: {} }],
  ])("is rejected as a whole for a record with %s", async (_name, data) => {
    const good = { cursor: "product:1:cup", type: "product", data: { id: "cup", body: { id: "cup" } } };
    const response = await restoreOnce([settings, good, { cursor: "product:1:mug", type: "product", data }]);
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "records[2]" });
    const count = await runInDurableObject(merchantObject(), (_object, { storage }) =>
      storage.sql.exec("SELECT 1 FROM products").toArray(),
    );
    expect(count).toEqual([]);
  });

  it("is rejected for a checkout with an unknown status", async () => {
    const data = { id: "co_other", status: "refunded", opened_by: "server" };
    const response = await restoreOnce([settings, { cursor: "checkout:1:co_other", type: "checkout", data }]);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "records[1]" });
  });

  it("is rejected without the first line of the export", async () => {
    const product = { cursor: "product:1:cup", type: "product", data: { id: "cup", body: { id: "cup" } } };
    const response = await restoreOnce([product]);
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "records[0]" });
  });
});
