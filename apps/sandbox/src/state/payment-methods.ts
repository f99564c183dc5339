import { PAYMENT_METHODS as DOCUMENTED_METHODS } from "@qonto-pay/core/qonto";

/** The documented methods, and one that only the documented example of an event shows. */
export const PAYMENT_METHODS = [...DOCUMENTED_METHODS, "bank_transfer"] as const;
export type PaymentMethodName = (typeof PAYMENT_METHODS)[number];

/**
 * A payment method of the merchant and the amounts that it accepts: decimal strings in EUR; undefined means no limit.
 */
export interface PaymentMethod {
  readonly name: PaymentMethodName;
  readonly enabled: boolean;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/**
 * Returns the methods of a merchant that enabled `names`: all documented methods, and `bank_transfer` if it is enabled.
 */
export function methodsWith(names: readonly PaymentMethodName[]): PaymentMethod[] {
  return PAYMENT_METHODS.filter((name) => name !== "bank_transfer" || names.includes(name)).map((name) => ({
    name,
    enabled: names.includes(name),
  }));
}

export const DOCUMENTED_PAYMENT_METHODS: readonly PaymentMethodName[] = DOCUMENTED_METHODS;
