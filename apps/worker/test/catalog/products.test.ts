import { beforeEach, describe, expect, it } from "vitest";
import { fetchWorker } from "../support/fetch-worker.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import {
  checkoutFor,
  errorOf,
  KEY,
  openMerchant,
  openShop,
  priceOf,
  saveProduct,
  secretKeyOf,
  WORKER,
} from "../support/shop.ts";

beforeEach(openShop);

function readProduct(id: string): Promise<Response> {
  return fetchWorker(`${WORKER}/v1/products/${id}`, { headers: { Authorization: `Bearer ${secretKeyOf("demo")}` } });
}

function priced(value: string, detail: Record<string, unknown> = {}) {
  return { title: "Cup", price: { value, currency: "EUR" }, tax_behavior: "inclusive", vat_rate: "20", ...detail };
}

describe("a merchant saves a product", () => {
  it("and reads the shopper's price if one line has it", async () => {
    const answer = await (await saveProduct("cup", priced("12.00"))).json<{ preview: Record<string, unknown> }>();
    expect(answer.preview).toMatchObject({
      amount: { value: "12.00", currency: "EUR" },
      needs_more_than_one_line: false,
    });
    expect(answer.preview["lines"]).toMatchObject([{ title: "Cup", unit_price: { value: "10.00" }, vat_rate: "20" }]);
  });

  it("and learns at once that a price needs more than one line", async () => {
    const answer = await (await saveProduct("cup", priced("9.99"))).json<{ preview: Record<string, unknown> }>();
    expect(answer.preview).toMatchObject({
      amount: { value: "9.99", currency: "EUR" },
      needs_more_than_one_line: true,
    });
    expect(answer.preview["why"]).toMatch(/\.$/);
  });

  it("and a shopper can buy it at that price", async () => {
    await saveProduct("cup", priced("9.99"));
    expect((await checkoutFor({ product: "cup" })).amount.value).toBe("9.99");
    await saveProduct("cup", priced("8.99"));
    expect((await checkoutFor({ product: "cup" })).amount.value).toBe("8.99");
  });

  it("and reads it again", async () => {
    const saved = await (await saveProduct("cup", priced("9.99"))).json();
    expect(await (await readProduct("cup")).json()).toEqual(saved);
    expect((await errorOf(await readProduct("plate"))).code).toBe("product_not_found");
  });

  it.each([
    ["no price", { title: "Cup" }, "vat_rate"],
    ["a price of zero", priced("0.00"), "price"],
    ["a price in tenths of a cent", priced("1.001"), "price.value"],
    ["a negative price", priced("-1.00"), "price.value"],
    ["a price in dollars", priced("1.00", { price: { value: "1.00", currency: "USD" } }), "price.currency"],
    ["a rate as a number", priced("1.00", { vat_rate: 20 }), "vat_rate"],
    ["quantities that exclude each other", priced("1.00", { min_quantity: 3, max_quantity: 2 }), "max_quantity"],
    ["an unknown field", priced("1.00", { colour: "blue" }), "colour"],
  ])("but not with %s", async (_name, body, param) => {
    const response = await saveProduct("cup", body);
    const error = await errorOf(response);
    expect({ status: response.status, code: error.code, param: error.param }).toEqual({
      status: 422,
      code: "invalid_request",
      param,
    });
    expect((await readProduct("cup")).status).toBe(404);
  });

  it("but not without a key, with a wrong one, or with another merchant's", async () => {
    await openMerchant("other");
    const keys = [null, "pk_sandbox_demo", "sk_sandbox_demo_wrong_key", "sk_sandbox_nobody_12345678"];
    for (const key of keys) {
      const response = await saveProduct("mug", priced("0.01"), key);
      expect({ status: response.status, code: (await errorOf(response)).code }).toEqual({
        status: 401,
        code: "invalid_key",
      });
    }
    expect((await saveProduct("mug", priced("0.01"), "sk_live_demo_12345678")).status).toBe(401);
    expect((await saveProduct("mug", priced("0.01"), secretKeyOf("other"))).status).toBe(200);
    expect((await checkoutFor({ product: "mug" })).amount.value).toBe("13.30");
  });
});

describe("a merchant changes a product", () => {
  interface Answer {
    readonly product: Readonly<Record<string, unknown>>;
  }
  const change = (id: string, body: unknown) => callAsServer("PATCH", `products/${id}`, { body });
  const changed = async (id: string, body: unknown) => (await (await change(id, body)).json<Answer>()).product;
  const DETAIL = { description: "Stoneware", type: "service", min_quantity: 2, max_quantity: 5 };

  it("and keeps the absent fields", async () => {
    const { product } = await (await saveProduct("cup", priced("12.00", DETAIL))).json<Answer>();
    const price = { value: "9.99", currency: "EUR" };
    expect(await changed("cup", { price })).toEqual({ ...product, price });
    expect(await (await readProduct("cup")).json()).toMatchObject({ product: { ...product, price } });
    expect((await checkoutFor({ product: "cup", quantity: 2 })).amount.value).toBe("19.98");
    expect(await changed("cup", {})).toEqual({ ...product, price });
  });

  it("and removes a null field or restores its default", async () => {
    await saveProduct("cup", priced("12.00", { ...DETAIL, vat_rate: "0.9", allow_small_vat_rate: true }));
    const removed = { description: null, type: null, min_quantity: null, max_quantity: null };
    const product = await changed("cup", { ...removed, vat_rate: "20", allow_small_vat_rate: null });
    expect(product).toEqual({ ...priced("12.00"), id: "cup", type: "good", min_quantity: 1, max_quantity: 99 });
  });

  it("from a price to an open amount and back", async () => {
    await saveProduct("cup", priced("12.00", DETAIL));
    const open_amount = { min: { value: "1.00", currency: "EUR" }, max: { value: "9.00", currency: "EUR" } };
    const kept = { id: "cup", title: "Cup", description: "Stoneware", type: "service", vat_rate: "20" };
    expect(await changed("cup", { open_amount })).toEqual({ ...kept, open_amount });
    const price = { value: "9.99", currency: "EUR" };
    const fixed = { price, tax_behavior: "inclusive" };
    expect(await errorOf(await change("cup", { price }))).toMatchObject({ param: "tax_behavior" });
    expect(await changed("cup", fixed)).toEqual({ ...kept, ...fixed, min_quantity: 1, max_quantity: 99 });
  });

  it.each([
    ["an empty title", { title: "" }, "title"],
    ["no title", { title: null }, "title"],
    ["no price", { price: null }, "price"],
    ["a price in tenths of a cent", { price: { value: "1.001", currency: "EUR" } }, "price.value"],
    ["a fraction as a rate", { vat_rate: "0.2" }, "vat_rate"],
    ["a largest quantity below the smallest", { max_quantity: 1 }, "max_quantity"],
    [
      "a price and an open amount",
      {
        ...priced("1.00"),
        open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "2.00", currency: "EUR" } },
      },
      "open_amount",
    ],
    ["an unknown field", { colour: "blue" }, "colour"],
    ["another id", { id: "plate" }, "id"],
  ])("but not to %s", async (_name, body, param) => {
    const before = await (await saveProduct("cup", priced("12.00", DETAIL))).json();
    const response = await change("cup", body);
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
    expect(await (await readProduct("cup")).json()).toEqual(before);
  });

  it("but not one that does not exist", async () => {
    const response = await change("plate", { title: "Plate" });
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe("product_not_found");
  });
});

describe("the catalogue", () => {
  it("is listed page by page, and a removed product can no longer be bought", async () => {
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const page = await answerAsServer<{ data: readonly { id: string }[]; has_more: boolean }>(
        "GET",
        `products?limit=2${after}`,
      );
      seen.push(...page.data.map((product) => product.id));
      if (!page.has_more) break;
      after = `&after=${seen.at(-1)}`;
    }
    expect(seen).toEqual(["donation", "mug", "poster"]);
    expect((await callAsServer("DELETE", "products/mug")).status).toBe(204);
    expect((await errorOf(await callAsServer("DELETE", "products/mug"))).code).toBe("product_not_found");
    await expect(checkoutFor({ product: "mug" })).rejects.toThrow("product_not_found");
  });
});

describe("several products at once", () => {
  it("cost the sum of their prices", async () => {
    const items = [
      { product: "mug", quantity: 2 },
      { product: "poster", quantity: 1 },
    ];
    expect(await (await priceOf({ publishable_key: KEY, items })).json()).toEqual({
      amount: { value: "36.59", currency: "EUR" },
    });
    expect((await checkoutFor({ items })).amount.value).toBe("36.59");
  });

  it.each([
    ["an unknown product", [{ product: "mug" }, { product: "car" }], "product_not_found", "items[1].product"],
    ["a bad quantity", [{ product: "mug", quantity: 0 }], "quantity_out_of_range", "items[0].quantity"],
    [
      "more of a product than allowed, over several lines",
      [
        { product: "mug", quantity: 99 },
        { product: "mug", quantity: 1 },
      ],
      "quantity_out_of_range",
      "items[1].quantity",
    ],
    ["an open amount", [{ product: "donation" }], "amount_out_of_range", "items[0].amount"],
    ["a price", [{ product: "mug", price: "0.01" }], "invalid_request", "items[0].price"],
    ["nothing", [], "invalid_request", "items"],
  ])("are rejected with %s", async (_name, items, code, param) => {
    await expect(checkoutFor({ items })).rejects.toThrow(`"code":"${code}"`);
    await expect(checkoutFor({ items })).rejects.toThrow(`"param":"${param}"`);
  });
});
