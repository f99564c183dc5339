import { badParameter } from "../api/api-error.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { PaymentMethod } from "../state/payment-methods.ts";
import type { World } from "../world.ts";
import { tenThousandths } from "./ten-thousandths.ts";

/**
 * Handles `GET /v2/payment_links/payment_methods`: lists all methods. With `amount` and `currency`, only those that
 * accept the amount are enabled. `locale` has no effect.
 */
export function listPaymentMethods(world: World, call: Call): Answer {
  const { payment_methods, connection, behaviour } = world.store.state;
  const amount = readAmount(call);
  const isHidden = behaviour.switches.pending_methods === "none" && connection?.status !== "enabled";
  const methods = (isHidden ? [] : payment_methods).map((method) => ({
    name: method.name,
    enabled: amount === undefined ? method.enabled : takes(method, amount),
  }));
  return json(200, { payment_link_payment_methods: methods });
}

/** Whether a link over `amount`, a decimal string, can offer the method. */
export function takes({ enabled, min, max }: PaymentMethod, amount: string): boolean {
  const sum = tenThousandths(amount);
  return enabled && sum >= tenThousandths(min ?? "0") && (max === undefined || sum <= tenThousandths(max));
}

/**
 * Reads the amount. It requires a currency, and a currency requires an amount. Source: the query parameters of Qonto's
 * `index-payment-methods`.
 */
function readAmount({ query }: Call): string | undefined {
  const amount = query.get("amount");
  const currency = query.get("currency");
  if (amount === null && currency === null) return undefined;
  if (amount === null) throw badParameter("amount", "amount must be provided along with currency");
  if (currency === null) throw badParameter("currency", "currency must be provided along with amount");
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(amount)) throw badParameter("amount", "amount must be a decimal string");
  if (!/^[A-Z]{3}$/.test(currency)) throw badParameter("currency", "currency must be an ISO 4217 currency code");
  return amount;
}
