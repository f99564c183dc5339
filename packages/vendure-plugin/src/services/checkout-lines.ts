import type { IntendedLine } from "@qonto-pay/client";
import type { Order } from "@vendure/core";
import { euros } from "./money.ts";

/** The Worker's limit for a checkout. */
const MOST_LINES = 100;

/** The Worker's limit, in Unicode code points. */
const LONGEST_TITLE = 120;

/** Invisible characters: white space, control and format characters, lone surrogates, a braille blank. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}\u2800]/gu;

const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A line of an order, with all discounts applied. */
export interface Part {
  readonly title: string;
  readonly quantity: number;
  /** For the whole quantity, VAT included. */
  readonly cents: number;
  /** A percentage. */
  readonly taxRate: number;
}

/** Returns all goods, surcharges and shipping of an order. */
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

/**
 * Returns lines that add up to exactly the amount due, VAT included. These are the order's own lines if they add up,
 * and one line for each VAT rate otherwise, such as after a gift card.
 *
 * @param due in cents, more than 0.
 */
export function linesToPay(order: Order, due: number): readonly IntendedLine[] {
  const parts = partsOf(order)
    .filter(({ cents }) => cents !== 0)
    .map((part) => ({ ...part, title: visibleTitle(part.title, `Order ${order.code}`), taxRate: exact(part.taxRate) }));
  const isExact = parts.every(({ cents }) => cents > 0) && sumOf(parts) === due && parts.length <= MOST_LINES;
  return (isExact ? parts : onePerRate(parts, due, order.code)).map(asLine);
}

/** Adds a surplus to the rate with the largest amount, and takes a deduction off the largest amounts first. */
function onePerRate(parts: readonly Part[], due: number, code: string): readonly Part[] {
  const byRate = new Map<number, number>();
  for (const { taxRate, cents } of parts) byRate.set(taxRate, (byRate.get(taxRate) ?? 0) + cents);
  const largestFirst = [...byRate].toSorted(([, one], [, other]) => other - one);
  const positive = largestFirst.filter(([, cents]) => cents > 0);
  let beyond = due - positive.reduce((sum, [, cents]) => sum + cents, 0);
  return positive
    .map(([taxRate, cents]) => {
      const rest = Math.max(0, cents + beyond);
      beyond -= rest - cents;
      return { title: `Order ${code}, VAT ${taxRate} %`, quantity: 1, cents: rest, taxRate };
    })
    .filter(({ cents }) => cents > 0);
}

/** Rounds a rate. Vendure adds up the rates of several taxes as floats: 10.1 and 10.2 are 20.299999999999997 %. */
function exact(taxRate: number): number {
  return Number(taxRate.toFixed(6));
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { cents }) => sum + cents, 0);
}

/** Moves the quantity into the title if the price can't be divided by it, such as after a discount. */
function asLine({ title, quantity, cents, taxRate }: Part): IntendedLine {
  const isEven = cents % quantity === 0;
  return {
    title: cutTitle(isEven ? title : `${quantity} × ${title}`),
    quantity: isEven ? quantity : 1,
    price: euros(isEven ? cents / quantity : cents),
    tax_behavior: "inclusive",
    vat_rate: String(taxRate),
    // Vendure's rates are percentages: 0.9 means 0.9 %, not 90 %.
    ...(taxRate > 0 && taxRate < 1 ? { allow_small_vat_rate: true } : {}),
  };
}

/** Returns a title with a visible character, or `otherwise` if the shop has none. */
function visibleTitle(title: string, otherwise: string): string {
  return title.replaceAll(BLANK, "") === "" ? otherwise : title.trim();
}

/**
 * Cuts a title to the Worker's limit, between two grapheme clusters: a flag, a family or an accented letter stays
 * whole. Cuts a single character that exceeds the limit by code points.
 */
function cutTitle(title: string): string {
  let kept = "";
  let length = 0;
  for (const { segment } of CHARACTERS.segment(title)) {
    length += Array.from(segment).length;
    if (length > LONGEST_TITLE) break;
    kept += segment;
  }
  return kept.trimEnd() || Array.from(title).slice(0, LONGEST_TITLE).join("");
}
