import type { BasketItem } from "../../qonto/payment-link.ts";
import { fromMinorUnits } from "../amount.ts";
import type { IntendedLine } from "./basket-intent.ts";
import { currencyExponent, unitPriceDecimals } from "../currency.ts";
import { formatScaled, trimZeros } from "../decimal.ts";
import { type ExactLine, exactGross, exactNet } from "../exact-line.ts";
import { itemTitle } from "./item-title.ts";
import { divideRounded } from "../rounding.ts";
import { WHOLE } from "../vat-rate.ts";
import type { WantedBasket, WantedLine } from "./wanted-basket.ts";

/**
 * The form of a line: as the merchant wrote it; as one thing, "3 x Mug"; as one of two parts of a line; or added to the
 * others.
 */
export type Writing = "plain" | "collapsed" | "split" | "rounding";

/** A line for Qonto whose net unit price is still being chosen. */
export interface DraftLine extends ExactLine {
  readonly title: string;
  /** The quantity as a JSON number. */
  readonly count: number;
  readonly wanted: WantedLine;
  /** How the line differs from the line that the merchant wrote. */
  readonly writing: Writing;
  /** Whether the quantity still counts the merchant's units, so that `measure_unit` is kept. */
  readonly measured: boolean;
  /** Whether the price is the merchant's own and must not change. */
  readonly fixed: boolean;
}

/** The smallest step of a unit price at Qonto, in minor units: 1 for EUR. */
export function priceStep(currency: string): bigint {
  return 10n ** BigInt(currencyExponent(currency) - unitPriceDecimals(currency));
}

/**
 * Returns the line as the merchant wrote it, at the nearest net unit price; a line that can be exact becomes an
 * `exactDraft`.
 */
export function plainDraft(line: WantedLine, basket: WantedBasket): DraftLine {
  return exactDraft(line, basket) ?? asWritten(line, basket);
}

/**
 * Returns the line as one thing: "3 x Mug" at the net price of all three. An exact line, or one of quantity 1, stays
 * unchanged.
 */
export function collapsedDraft(line: WantedLine, basket: WantedBasket): DraftLine {
  const exact = exactDraft(line, basket);
  if (exact !== null) return exact;
  return line.quantity === basket.one ? asWritten(line, basket) : asOneThing(line, basket);
}

/**
 * Returns a line that reaches the shown amount without any rounding, so that no policy and no other line can change it:
 * as the merchant wrote it or, at 0 % VAT, as one thing. Returns null if no such price exists. An exact line never
 * absorbs the cents of others.
 */
export function exactDraft(line: WantedLine, basket: WantedBasket): DraftLine | null {
  const written = asWritten(line, basket);
  if (isExact(written, basket.one)) return { ...written, fixed: true };
  if (line.rate !== 0n || line.quantity === basket.one) return null;
  const oneThing = asOneThing(line, basket);
  return isExact(oneThing, basket.one) ? { ...oneThing, fixed: true } : null;
}

/** Returns whether the line's net, its gross and the gross of one unit are whole, and the gross is the shown one. */
function isExact(draft: DraftLine, one: bigint): boolean {
  if (exactGross(draft) !== draft.wanted.gross * one * WHOLE || exactNet(draft) % one !== 0n) return false;
  return draft.quantity === one || (draft.price * (WHOLE + draft.rate)) % WHOLE === 0n;
}

function asWritten(line: WantedLine, { one, currency }: WantedBasket): DraftLine {
  const { dividend, divisor } = line.net;
  return {
    price: nearestPrice(dividend * one, divisor * line.quantity, priceStep(currency)),
    quantity: line.quantity,
    rate: line.rate,
    title: line.source.title,
    count: line.count,
    wanted: line,
    writing: "plain",
    measured: true,
    fixed: line.listed,
  };
}

function asOneThing(line: WantedLine, basket: WantedBasket): DraftLine {
  const { title, measure_unit } = line.source;
  const count = measure_unit === undefined ? String(line.count) : `${line.count} ${measure_unit}`;
  return {
    ...asWritten(line, basket),
    price: nearestPrice(line.net.dividend, line.net.divisor, priceStep(basket.currency)),
    quantity: basket.one,
    title: itemTitle(title, { before: `${count} x ` }),
    count: 1,
    writing: "collapsed",
    measured: false,
  };
}

/**
 * Returns a line of this many minor units at 0 % VAT, a multiple of `priceStep`, for the amount that other lines lack.
 */
export function roundingDraft(missing: bigint, basket: WantedBasket): DraftLine {
  const source: IntendedLine = {
    title: "Rounding",
    quantity: 1,
    price: fromMinorUnits(missing, basket.currency),
    tax_behavior: "exclusive",
    vat_rate: "0",
  };
  const net = { dividend: missing, divisor: 1n };
  const wanted = { source, quantity: basket.one, count: 1, rate: 0n, net, gross: missing, listed: true };
  return { ...asWritten(wanted, basket), writing: "rounding" };
}

/** Returns the line as it is sent to Qonto, with only the fields that Qonto documents. */
export function toItem(draft: DraftLine, currency: string): BasketItem {
  const { type, description, measure_unit, vat_rate } = draft.wanted.source;
  return {
    title: draft.title,
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
    quantity: draft.count,
    ...(measure_unit === undefined || !draft.measured ? {} : { measure_unit }),
    unit_price: {
      value: formatScaled(draft.price / priceStep(currency), unitPriceDecimals(currency)),
      currency,
    },
    vat_rate: trimZeros(vat_rate),
  };
}

/** Returns the multiple of `step` that is nearest to a price. */
export function nearestPrice(dividend: bigint, divisor: bigint, step: bigint): bigint {
  return divideRounded(dividend, divisor * step, "half_up") * step;
}
