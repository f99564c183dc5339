import { beforeEach, describe, expect, it } from "vitest";
import { signOffer } from "../support/offer.ts";
import { callsOf, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, type ServerCheckout } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay, priceOf, saveProduct } from "../support/shop.ts";

beforeEach(openShop);

const eur = (value: string, currency = "EUR") => ({ value, currency });
const item = (title: string, price: string, more: Record<string, unknown> = {}) => ({
  title,
  quantity: 1,
  price: eur(price),
  tax_behavior: "inclusive",
  vat_rate: "20",
  ...more,
});

const open = (body: unknown) => answerAsServer<ServerCheckout>("POST", "checkouts", { body });
const refusalOf = async (body: unknown) => errorOf(await callAsServer("POST", "checkouts", { body }));
const amountOf = async (body: unknown) => (await open(body)).amount.value;

interface SentItem {
  readonly title: string;
  readonly quantity: number;
  readonly unit_price: { readonly value: string; readonly currency: string };
  readonly vat_rate: string;
}

/** Returns the lines of the last link, as they were sent to Qonto. */
async function sentItems(): Promise<readonly SentItem[]> {
  const { body } = (await callsOf("createPaymentLink")).at(-1) ?? {};
  return (body as { payment_link: { items: readonly SentItem[] } }).payment_link.items;
}

const sentLines = async () =>
  (await sentItems()).map(
    ({ quantity, unit_price, title, vat_rate }) => `${quantity} x ${unit_price.value} ${title} at ${vat_rate}`,
  );

async function expectNothingSent(): Promise<void> {
  expect(await callsOf("createPaymentLink")).toHaveLength(0);
  expect(await answerAsServer("GET", "checkouts")).toMatchObject({ data: [] });
}

describe("lines that are exact", () => {
  it.each([
    ["a gift", item("Gift", "0.00"), "1 x 0.00 Gift at 20"],
    ["a donation at 0 %", item("Donation", "5.00", { vat_rate: "0" }), "1 x 5.00 Donation at 0"],
    ["free shipping", item("Shipping", "0.00", { vat_rate: "0" }), "1 x 0.00 Shipping at 0"],
    ["a price that VAT divides evenly", item("Bowl", "6.00"), "1 x 5.00 Bowl at 20"],
  ])("are sent to Qonto unchanged beside one that needs a cent: %s", async (_name, exact, line) => {
    await open({ items: [exact, item("Mug", "3.33")] });
    expect((await sentLines())[0]).toBe(line);
  });
});

describe("numbers as shops write them", () => {
  it("quantities are rounded to six decimals before they are multiplied, and as they are written", async () => {
    expect(await amountOf({ items: [item("Tea", "0.90", { quantity: 3 * 0.35, vat_rate: "0" })] })).toBe("0.95");
    await open({ items: [item("Tea", "12.00", { quantity: 0.1 + 0.2, measure_unit: "kg", vat_rate: "0" })] });
    expect(await sentItems()).toMatchObject([{ quantity: 0.3, measure_unit: "kg" }]);
  });

  it("a page's quantity, too", async () => {
    expect((await checkoutFor({ product: "poster", quantity: 2.9999999999999996 })).amount.value).toBe("29.97");
  });

  it("trailing zeros and lower-case letters change nothing", async () => {
    const { amount } = await open({
      items: [item("Mug", "12.0000", { vat_rate: "20.0000", price: eur("12.0000", "eur") })],
      total: eur("12.000", "Eur"),
    });
    expect(amount).toEqual(eur("12.00"));
    expect(await sentItems()).toMatchObject([{ unit_price: eur("10.00"), vat_rate: "20.00" }]);
  });

  it("are also read from an invoice, a product, a page's amounts and Qonto's own operation", async () => {
    const invoice = {
      invoice_id: "550e8400-e29b-41d4-a716-446655440001",
      invoice_number: "INV-1",
      debitor_name: "Ada",
      amount: eur("100.0000", "eur"),
    };
    expect(await amountOf({ invoice })).toBe("100.00");
    const saved = await saveProduct("cup", {
      title: "Cup",
      price: eur("12.0000", "eur"),
      tax_behavior: "inclusive",
      vat_rate: "20.0000",
    });
    expect(await saved.json()).toMatchObject({ product: { price: eur("12.00"), vat_rate: "20.00" } });
    await checkoutFor({ product: "cup", shown_amount: eur("12.000", "eur") });
    expect((await checkoutFor({ product: "donation", amount: "5.0000" })).amount.value).toBe("5.00");
    const link = {
      potential_payment_methods: ["credit_card"],
      reusable: false,
      items: [{ title: "Tea", quantity: 0.1 + 0.2, unit_price: eur("10.0000", "eur"), vat_rate: "20.0000" }],
    };
    await answerAsServer("POST", "payment_links", { body: { payment_link: link } });
    expect(await sentItems()).toMatchObject([{ quantity: 0.3, unit_price: eur("10.00"), vat_rate: "20.00" }]);
  });

  const FRACTION =
    'The VAT rate looks like a fraction. It is a percentage, so write "20" for 20 %. For a rate below 1 %, such as 0.9 % in Corsica, also set allow_small_vat_rate to true.';

  it.each(["0.2", "0.20", "0.2000", "0.19", "0.05", "0.9", "00.9", "0.01"])(
    "a VAT rate of %j is rejected as a fraction, unless it is allowed",
    async (vat_rate) => {
      const rejected = { code: "invalid_request", message: FRACTION };
      expect(await refusalOf({ items: [item("Mug", "9.99"), item("Tea", "9.99", { vat_rate })] })).toMatchObject({
        ...rejected,
        param: "items[1].vat_rate",
      });
      expect(
        await refusalOf({ items: [item("Tea", "9.99", { vat_rate, allow_small_vat_rate: false })] }),
      ).toMatchObject({ ...rejected, param: "items[0].vat_rate" });
      const offer = await signOffer({ claims: { checkout: { items: [item("Tea", "9.99", { vat_rate })] } } });
      expect(await errorOf(await pay({ publishable_key: KEY, offer }))).toMatchObject({
        code: "invalid_offer",
        param: "offer.checkout.items[0].vat_rate",
        message: FRACTION,
      });
      const product = { title: "Tea", price: eur("9.99"), tax_behavior: "inclusive", vat_rate };
      expect(await errorOf(await saveProduct("tea", product))).toMatchObject({ ...rejected, param: "vat_rate" });
      const open_amount = { min: eur("1.00"), max: eur("9.00") };
      expect(await errorOf(await saveProduct("tip", { title: "Tip", open_amount, vat_rate }))).toMatchObject({
        ...rejected,
        param: "vat_rate",
      });
      await expectNothingSent();
      const allowed = { vat_rate, allow_small_vat_rate: true };
      expect(await amountOf({ items: [item("Tea", "9.99", allowed)] })).toBe("9.99");
      expect(await (await saveProduct("tea", { ...product, ...allowed })).json()).toMatchObject({
        product: { allow_small_vat_rate: true },
      });
      expect((await saveProduct("tip", { title: "Tip", open_amount, ...allowed })).status).toBe(200);
      expect(Object.keys((await sentItems())[0] ?? {})).not.toContain("allow_small_vat_rate");
    },
  );

  it.each(["0", "0.0", "0.00", "1", "1.0", "2.1"])("a VAT rate of %j is a percentage", async (vat_rate) => {
    expect(await amountOf({ items: [item("Tea", "9.99", { vat_rate })] })).toBe("9.99");
  });
});

describe("the amounts of a shop's order", () => {
  const items = [item("Mug", "60.00"), item("Book", "30.00", { vat_rate: "5.5" }), item("Card", "10.00")];

  it("a discount and store credit are spread over the lines, and are never lines", async () => {
    const order = { items, discount: eur("10.00"), store_credit: eur("45.00"), total: eur("45.00") };
    expect(await amountOf(order)).toBe("45.00");
    const sent = await sentItems();
    expect(sent.map(({ title }) => title)).toEqual(["Mug", "Book", "Card"]);
    for (const { unit_price } of sent) expect(unit_price.value).toMatch(/^\d+\.\d\d$/);
    expect((await linksAtQonto()).map((link) => link.amount.value)).toEqual(["45.00"]);
  });

  it("line totals can be sent unrounded", async () => {
    const line = (title: string, value: string) => ({ ...item(title, "0"), price: undefined, line_total: eur(value) });
    const lines = [{ ...line("Mug", "43.092"), quantity: 3 }, line("Tea", "10.004"), line("Tip", "0.0000")];
    expect(await amountOf({ items: lines, total: eur("53.10") })).toBe("53.10");
    expect((await linksAtQonto()).map((link) => link.amount.value)).toEqual(["53.10"]);
  });

  it.each([
    ["99.99", {}],
    ["100.01", {}],
    ["90.00", {}],
    ["100.00", { discount: eur("10.00") }],
    ["100.00", { store_credit: eur("0.01") }],
  ])("a total of %s for items of 100.00 with %j is a mismatch, and nothing is sent", async (value, reductions) => {
    const { code, param, message } = await refusalOf({ items, ...reductions, total: eur(value) });
    expect([code, param]).toEqual(["total_mismatch", "total"]);
    expect(message).toMatch(/^The items add up to \d+\.\d\d EUR after discount and store credit, which differs from/);
    await expectNothingSent();
  });

  it("with a wrong total are rejected with the sum of the items", async () => {
    const { message } = await refusalOf({ items, discount: eur("9.98"), total: eur("90.00") });
    expect(message).toContain("add up to 90.02 EUR");
  });

  it("can be in an offer, whose shopper sees no field names", async () => {
    const checkout = { items, discount: eur("10.00"), store_credit: eur("45.00") };
    const good = await signOffer({ claims: { checkout: { ...checkout, total: eur("45.00") } } });
    expect(await (await priceOf({ publishable_key: KEY, offer: good })).json()).toEqual({ amount: eur("45.00") });
    const bad = await signOffer({ claims: { checkout: { ...checkout, total: eur("45.01") } } });
    for (const ask of [pay, priceOf]) {
      expect(await errorOf(await ask({ publishable_key: KEY, offer: bad }))).toMatchObject({
        code: "total_mismatch",
        param: "offer.checkout.total",
        message: "The items of this order do not add up to its total. Nothing was charged.",
      });
    }
    await expectNothingSent();
    expect((await checkoutFor({ offer: good })).amount).toEqual(eur("45.00"));
  });

  it.each([
    ["a discount above the price of the items", { discount: eur("100.01") }, "amount_out_of_range", "discount.value"],
    [
      "a credit above the rest",
      { discount: eur("50.00"), store_credit: eur("50.01") },
      "amount_out_of_range",
      "store_credit.value",
    ],
    ["credit for all of it", { store_credit: eur("100.00") }, "amount_out_of_range", "items"],
    ["a negative discount", { discount: eur("-1.00") }, "invalid_request", "discount.value"],
    ["a discount of tenths of a cent", { discount: eur("1.001") }, "invalid_request", "discount.value"],
    ["a total in dollars", { total: eur("100.00", "USD") }, "invalid_request", "total.currency"],
    ["a credit as a number", { store_credit: 5 }, "invalid_request", "store_credit"],
  ])("%s is rejected by its name", async (_name, reductions, code, param) => {
    expect(await refusalOf({ items, ...reductions })).toMatchObject({ code, param });
    await expectNothingSent();
  });

  it("a discount over prices with and without VAT is rejected with the rule", async () => {
    const mixed = [item("Mug", "60.00"), item("Book", "30.00", { tax_behavior: "exclusive" })];
    expect(await refusalOf({ items: mixed, discount: eur("1.00") })).toMatchObject({
      code: "invalid_request",
      param: "discount",
      message: "A discount needs prices that all contain VAT, or none that does.",
    });
    expect(await amountOf({ items: mixed, store_credit: eur("6.00") })).toBe("90.00");
  });
});
