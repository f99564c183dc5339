import type { Money } from "@qonto-pay/core/money";
import { tenThousandths } from "../payment-links/ten-thousandths.ts";

/**
 * Returns `amount` plus `by`, which may be negative. Keeps the decimals of `amount`; the result is never below zero.
 */
export function shiftAmount(amount: Money, by: string): Money {
  const sum = tenThousandths(amount.value) + tenThousandths(by);
  const digits = String(sum > 0n ? sum : 0n).padStart(5, "0");
  const decimals = amount.value.split(".")[1]?.length ?? 0;
  const whole = digits.slice(0, -4);
  return {
    value: decimals === 0 ? whole : `${whole}.${digits.slice(-4).slice(0, decimals)}`,
    currency: amount.currency,
  };
}
