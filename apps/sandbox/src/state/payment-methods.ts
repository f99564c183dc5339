import { PAYMENT_METHODS as DOCUMENTED_METHODS } from "@qonto-pay/core/qonto";

/** The documented methods, and the one that only the documented example of an event shows. */
export const PAYMENT_METHODS = [...DOCUMENTED_METHODS, "bank_transfer"] as const;
export type PaymentMethodName = (typeof PAYMENT_METHODS)[number];

/** A method of the merchant's, and the amounts that it takes: decimal strings in EUR, without a bound where undefined. */
export interface PaymentMethod {
  readonly name: PaymentMethodName;
  readonly enabled: boolean;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** The methods of a merchant that enabled `names`: the documented ones and those. */
export function methodsWith(names: readonly PaymentMethodName[]): PaymentMethod[] {
  return PAYMENT_METHODS.filter((name) => name !== "bank_transfer" || names.includes(name)).map((name) => ({
    name,
    enabled: names.includes(name),
  }));
}

export const DOCUMENTED_PAYMENT_METHODS: readonly PaymentMethodName[] = DOCUMENTED_METHODS;
