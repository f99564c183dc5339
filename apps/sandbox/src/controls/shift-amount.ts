import type { Money } from "@qonto-pay/core/money";
import { tenThousandths } from "../payment-links/ten-thousandths.ts";

/** `amount` plus `by`, which begins with a minus where it takes away. Keeps the amount's decimals; never below zero. */
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
