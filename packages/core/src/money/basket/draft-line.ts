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

/** As the merchant wrote it; as one thing, "3 x Mug"; as one of the two lines of what was one; or added to the others. */
export type Writing = "plain" | "collapsed" | "split" | "rounding";

/** A line that may be sent to Qonto, while its net unit price is still being chosen. */
export interface DraftLine extends ExactLine {
  readonly title: string;
  /** The quantity as it is written in JSON. */
  readonly count: number;
  readonly wanted: WantedLine;
  /** How it differs from the line that the merchant wrote. */
  readonly writing: Writing;
  /** Whether it still counts in the merchant's units, so that `measure_unit` goes with it. */
  readonly measured: boolean;
  /** Whether the price is the merchant's own and must not be moved by a cent. */
  readonly fixed: boolean;
}

/** The smallest step of a unit price that Qonto takes, in minor units: 1 for EUR. */
export function priceStep(currency: string): bigint {
  return 10n ** BigInt(currencyExponent(currency) - unitPriceDecimals(currency));
}

/** The line as the merchant wrote it, at the net unit price that comes nearest; one that can be exact, as `exactDraft`. */
export function plainDraft(line: WantedLine, basket: WantedBasket): DraftLine {
  return exactDraft(line, basket) ?? asWritten(line, basket);
}

/** The line as one thing: "3 x Mug" at the net of all three. A line that is exact, or of quantity 1, stays what it is. */
export function collapsedDraft(line: WantedLine, basket: WantedBasket): DraftLine {
  const exact = exactDraft(line, basket);
  if (exact !== null) return exact;
  return line.quantity === basket.one ? asWritten(line, basket) : asOneThing(line, basket);
}

/**
 * The line where it comes to what was shown for it without anything being rounded, so that no policy and no other line
 * can change it: as the merchant wrote it or, at 0 % VAT, as one thing. Null where there is no such price. A line that is
 * exact never pays for the cents of others.
 */
export function exactDraft(line: WantedLine, basket: WantedBasket): DraftLine | null {
  const written = asWritten(line, basket);
  if (isExact(written, basket.one)) return { ...written, fixed: true };
  if (line.rate !== 0n || line.quantity === basket.one) return null;
  const oneThing = asOneThing(line, basket);
  return isExact(oneThing, basket.one) ? { ...oneThing, fixed: true } : null;
}

/** Whether the line's net, its gross and the gross of one unit are whole, and the gross is the one shown. */
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

/** A line of so many minor units at 0 % VAT, a multiple of `priceStep`, for what other lines fall short. */
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

/** The line as it goes to Qonto, with nothing in it that Qonto does not document. */
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

/** The multiple of `step` that comes nearest to a price. */
export function nearestPrice(dividend: bigint, divisor: bigint, step: bigint): bigint {
  return divideRounded(dividend, divisor * step, "half_up") * step;
}
