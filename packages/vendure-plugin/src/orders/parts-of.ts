import type { Order } from "@vendure/core";
import { visibleTitle } from "../checkouts/title.ts";

/** One thing of an order, with everything taken off that a promotion takes off. */
export interface Part {
  readonly title: string;
  readonly quantity: number;
  /** For all of it, VAT included. */
  readonly cents: number;
  /** A percentage. */
  readonly taxRate: number;
}

/** All that an order costs, in parts. */
export function partsOf({ lines, shippingLines, surcharges }: Order): readonly Part[] {
  return [
    ...lines.map((line) => ({
      title: line.productVariant.name,
      quantity: line.quantity,
      cents: line.proratedLinePriceWithTax,
      taxRate: line.taxRate,
    })),
    ...surcharges.map(({ description, priceWithTax: cents, taxRate }) => ({
      title: description,
      quantity: 1,
      cents,
      taxRate,
    })),
    ...shippingLines.map(({ shippingMethod, discountedPriceWithTax: cents, taxRate }) => ({
      title: visibleTitle(shippingMethod?.name ?? "", "Shipping"),
      quantity: 1,
      cents,
      taxRate,
    })),
  ];
}
