import type { Product } from "@qonto-pay/core/api";
import { env, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/context/config.ts";
import type { MerchantContext } from "../../src/context/merchant-context.ts";
import { createMerchantContext } from "../../src/merchant-object/create-context.ts";
import { TrackedTables } from "../../src/storage/sql.ts";
import { administer } from "../support/connect.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { callsOf, linksAtQonto } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay, saveProduct } from "../support/shop.ts";

const TEA = { title: "Tea", price: { value: "10.00", currency: "EUR" }, tax_behavior: "inclusive", vat_rate: "20" };

beforeEach(openShop);

describe("between two clicks", () => {
  const buyTea = { publishable_key: KEY, product: "tea" };

  beforeEach(async () => {
    await saveProduct("tea", TEA);
    await checkoutFor({ product: "tea" });
    await checkoutFor({ product: "tea", quantity: 3 });
  });

  it.each([
    ["price", { price: { value: "12.50", currency: "EUR" } }, "12.50", "37.50"],
    ["tax behaviour", { tax_behavior: "exclusive" }, "12.00", "36.00"],
  ])("a changed %s counts at once, for each quantity", async (_what, change, one, three) => {
    await saveProduct("tea", { ...TEA, ...change });
    const { amount } = await checkoutFor({ product: "tea" });
    expect(amount).toEqual({ value: one, currency: "EUR" });
    expect((await checkoutFor({ product: "tea", quantity: 3 })).amount).toEqual({ ...amount, value: three });
    expect((await linksAtQonto()).slice(0, 2).map((link) => link.amount.value)).toEqual([three, one]);
    // The price from before the change returns, as a later version.
    await saveProduct("tea", TEA);
    expect((await checkoutFor({ product: "tea" })).amount).toEqual(TEA.price);
  });

  it("a changed title is that of the next link", async () => {
    await saveProduct("tea", { ...TEA, title: "Green tea" });
    await checkoutFor({ product: "tea" });
    expect((await linksAtQonto())[0]?.items[0]?.title).toBe("Green tea");
  });

  it("a lower limit of the quantity counts at once", async () => {
    await saveProduct("tea", { ...TEA, max_quantity: 2 });
    expect((await errorOf(await pay({ ...buyTea, quantity: 3 }))).code).toBe("quantity_out_of_range");
  });

  it("a deleted product is no longer sold, and a new one with its id has its own price", async () => {
    expect((await callAsServer("DELETE", "products/tea")).ok).toBe(true);
    expect((await errorOf(await pay(buyTea))).code).toBe("product_not_found");
    await saveProduct("tea", { ...TEA, price: { value: "99.00", currency: "EUR" } });
    expect((await checkoutFor({ product: "tea" })).amount.value).toBe("99.00");
  });

  it("a removed origin can no longer open a checkout", async () => {
    await administer("PATCH", "/v1/merchants/demo", { allowed_origins: ["https://other.example"] });
    expect((await errorOf(await pay(buyTea))).code).toBe("origin_not_allowed");
  });

  it("a disconnected merchant's tokens are no longer used", async () => {
    await administer("POST", "/v1/merchants/demo/disconnect");
    const made = (await callsOf("createPaymentLink")).length;
    expect((await errorOf(await pay(buyTea))).code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toHaveLength(made);
  });

  it("links of one product differ in nothing but the checkout that they name", async () => {
    const { id } = await checkoutFor({ product: "tea" });
    const [link, , earlier] = await linksAtQonto();
    expect(link?.items).toEqual([{ ...earlier?.items[0], description: `Ref. ${id}` }]);
  });
});

/** Creates another context of the merchant on its own database. */
function inContext(check: (merchant: MerchantContext, sql: SqlStorage) => void): Promise<void> {
  return runInDurableObject(merchantObject(), (_object, { storage }) => {
    const merchant = createMerchantContext({
      name: "demo",
      config: readConfig(env),
      sql: storage.sql,
      tables: new TrackedTables(storage.sql),
      beforeRequest: () => {},
      sendToQonto: () => Promise.resolve(null),
      transaction: (work) => storage.transactionSync(work),
      dispatchSoon: () => {},
      readHintedSoon: () => {},
      webhookSender: { send: () => Promise.reject(new Error("sends nothing")) },
    });
    check(merchant, storage.sql);
  });
}

function mugOf({ products }: MerchantContext): Product {
  const mug = products.find("mug");
  if (mug === null) throw new Error("no mug");
  return mug;
}

it("a transaction that is rolled back leaves none of its writes in memory, although it has read them", () =>
  inContext((merchant) => {
    const { settings, products } = merchant;
    const before = [settings.read("allowed_origins"), mugOf(merchant), products.find("tea")];
    const failing = (): void =>
      merchant.transaction(() => {
        settings.write("allowed_origins", ["https://other.example"]);
        products.save({ ...mugOf(merchant), title: "Cup" });
        products.save({ ...mugOf(merchant), id: "tea" });
        expect(settings.read("allowed_origins")).toEqual(["https://other.example"]);
        expect(mugOf(merchant).title).toBe("Cup");
        expect(products.find("tea")).not.toBeNull();
        throw new Error("rolled back");
      });
    expect(failing).toThrow("rolled back");
    expect([settings.read("allowed_origins"), mugOf(merchant), products.find("tea")]).toEqual(before);
  }));

it("values that another statement has replaced count once the caches are cleared", () =>
  inContext((merchant, sql) => {
    const { settings } = merchant;
    expect([settings.read("allowed_origins"), settings.read("organization")]).not.toContain(null);
    expect(mugOf(merchant).title).not.toBe("Cup");
    sql.exec("DELETE FROM settings");
    sql.exec("UPDATE products SET body = json_set(body, '$.title', 'Cup')");
    merchant.clearCaches();
    expect([settings.read("allowed_origins"), settings.read("organization")]).toEqual([null, null]);
    expect(mugOf(merchant).title).toBe("Cup");
  }));
