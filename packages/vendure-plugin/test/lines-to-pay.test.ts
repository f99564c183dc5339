import {
  AdjustmentType,
  Order,
  OrderLine,
  ProductVariant,
  ShippingLine,
  ShippingMethod,
  Surcharge,
} from "@vendure/core";
import { describe, expect, it } from "vitest";
import { linesToPay } from "../src/services/checkout-lines.ts";

/** The lines on Qonto's pay page, which add up to the amount due. */

function cart(...lines: OrderLine[]): Order {
  return new Order({ code: "A1", lines, shippingLines: [], surcharges: [] });
}

function line(name: string, quantity: number, price: number, taxRate: number | number[], discount = 0): OrderLine {
  return new OrderLine({
    productVariant: new ProductVariant({ name }),
    quantity,
    listPrice: price,
    listPriceIncludesTax: true,
    adjustments: [
      { type: AdjustmentType.PROMOTION, amount: -discount, adjustmentSource: "PROMOTION:1", description: "" },
    ],
    orderPlacedQuantity: 0,
    taxLines: [taxRate].flat().map((rate) => ({ description: "VAT", taxRate: rate })),
  });
}

function shipping(order: Order, price: number, taxRate: number, name = "Parcel"): Order {
  const shippingMethod = new ShippingMethod({ name });
  order.shippingLines = [
    new ShippingLine({
      shippingMethod,
      listPrice: price,
      listPriceIncludesTax: true,
      adjustments: [],
      taxLines: [{ description: "VAT", taxRate }],
    }),
  ];
  return order;
}

function giftCard(order: Order, cents: number): Order {
  order.surcharges = [
    new Surcharge({ description: "Gift card", listPrice: -cents, listPriceIncludesTax: true, taxLines: [] }),
  ];
  return order;
}

const shown = (order: Order, due: number) =>
  linesToPay(order, due).map(
    ({ title, quantity, price, vat_rate }) => `${quantity} ${title} ${price?.value} ${vat_rate}`,
  );

describe("a title that is too long", () => {
  const titleOf = (name: string, quantity = 1, discount = 0) =>
    linesToPay(cart(line(name, quantity, 100, 20, discount)), quantity * 100 - discount)[0]?.title;
  const family = "👨‍👩‍👧‍👦";

  it.each([
    ["a family", family, 7],
    ["a flag", "🇫🇷", 2],
    ["an accented letter", "e\u0301", 2],
    ["a wave with a skin tone", "👋🏽", 2],
  ])("is cut before %s that does not fit", (_name, character, length) => {
    const fits = "x".repeat(120 - length);
    expect(titleOf(fits + character)).toBe(fits + character);
    expect(titleOf(`${fits}x${character}`)).toBe(`${fits}x`);
  });

  it("a cut title has 120 characters, regardless of their UTF-16 units", () => {
    expect(titleOf("🍵".repeat(130))).toBe("🍵".repeat(120));
  });

  it("a cut title keeps its quantity and has no space at its end", () => {
    expect(titleOf(`${"x".repeat(115)} long`, 3, 100)).toBe(`3 × ${"x".repeat(115)}`);
  });

  it("a title of one very long character is cut by code points", () => {
    expect(titleOf(`e${"\u0301".repeat(200)}`)).toBe(`e${"\u0301".repeat(119)}`);
  });

  it("an invisible title is replaced by the order's", () => {
    for (const blank of ["\u200b", "\u2800 ", "\ufeff", "\n"]) expect(titleOf(blank)).toBe("Order A1");
  });
});

describe("an order is written as", () => {
  it("its own lines and shipping", () => {
    const order = shipping(cart(line("Mug", 3, 999, 20), line("Book", 1, 2495, 5.5)), 490, 20);
    expect(shown(order, 5982)).toEqual(["3 Mug 9.99 20", "1 Book 24.95 5.5", "1 Parcel 4.90 20"]);
  });

  it("a line with the quantity in its title if a discount can't be divided by the quantity", () => {
    expect(shown(cart(line("Mug", 3, 999, 20, 100)), 2897)).toEqual(["1 3 × Mug 28.97 20"]);
  });

  it("lines with a title, even if the shop has none", () => {
    const order = shipping(cart(line(" ", 2, 999, 20)), 490, 20, "");
    order.surcharges = [
      new Surcharge({
        description: "",
        listPrice: 100,
        listPriceIncludesTax: true,
        taxLines: [{ description: "VAT", taxRate: 20 }],
      }),
    ];
    expect(shown(order, 2588)).toEqual(["2 Order A1 9.99 20", "1 Order A1 1.00 20", "1 Shipping 4.90 20"]);
  });

  it("lines whose taxes add up to an exact rate", () => {
    const order = cart(line("Mug", 1, 999, [10.1, 10.2]), line("Bowl", 1, 500, 20.3));
    expect(shown(order, 1499)).toEqual(["1 Mug 9.99 20.3", "1 Bowl 5.00 20.3"]);
    expect(shown(order, 1000)).toEqual(["1 Order A1, VAT 20.3 % 10.00 20.3"]);
  });

  it("lines with `allow_small_vat_rate` for a rate below 1 %", () => {
    const order = cart(line("Mug", 1, 999, 20), line("Paper", 1, 500, 0.9), line("Card", 1, 100, 0));
    expect(linesToPay(order, 1599).map((some) => some.allow_small_vat_rate)).toEqual([undefined, true, undefined]);
  });

  it("lines without free items", () => {
    expect(shown(shipping(cart(line("Mug", 1, 999, 20), line("Sticker", 2, 0, 20)), 0, 20), 999)).toEqual([
      "1 Mug 9.99 20",
    ]);
  });

  it("one line for each VAT rate after a gift card, which is taken off the largest", () => {
    const order = giftCard(cart(line("Mug", 3, 999, 20), line("Book", 1, 2495, 5.5)), 1000);
    expect(shown(order, 4492)).toEqual(["1 Order A1, VAT 20 % 19.97 20", "1 Order A1, VAT 5.5 % 24.95 5.5"]);
    expect(shown(giftCard(order, 4000), 1492)).toEqual(["1 Order A1, VAT 5.5 % 14.92 5.5"]);
  });

  it("one line for each VAT rate if a part was already paid or the total is rounded differently", () => {
    const order = cart(line("Mug", 1, 999, 20), line("Book", 1, 2495, 5.5));
    expect(shown(order, 2000)).toEqual(["1 Order A1, VAT 5.5 % 10.01 5.5", "1 Order A1, VAT 20 % 9.99 20"]);
    expect(shown(order, 3495)).toEqual(["1 Order A1, VAT 5.5 % 24.96 5.5", "1 Order A1, VAT 20 % 9.99 20"]);
  });

  it("one line for each VAT rate if the order has more lines than a checkout accepts", () => {
    const lines = Array.from({ length: 101 }, (_, number) => line(`Thing ${number}`, 1, 100, 20));
    expect(shown(cart(...lines), 10_100)).toEqual(["1 Order A1, VAT 20 % 101.00 20"]);
  });
});
