import type { RequestContext } from "@vendure/core";

/** An error result of Vendure's, with the fields that say more than its message. */
interface Refusal {
  readonly message: string;
  readonly paymentErrorMessage?: string | undefined;
  readonly transitionError?: string | undefined;
  readonly eligibilityCheckerMessage?: string | undefined;
}

/** Why Vendure did not do something, as a sentence for the merchant. */
export function reasonOf(ctx: RequestContext, error: Refusal): string {
  const detail = error.paymentErrorMessage ?? error.transitionError ?? error.eligibilityCheckerMessage ?? "";
  return sentenceOf(detail === "" ? ctx.translate(`errorResult.${error.message}`, { ...error }) : detail);
}

/**
 * A message of Vendure's as a sentence. Outside of a request Vendure does not translate: what it says there is a key, such
 * as `message.cannot-transition-to-payment-without-customer`, and the words of that are told.
 */
export function sentenceOf(message: string): string {
  const isKey = /^[\w-]+(\.[\w-]+)*$/.test(message);
  const words = isKey ? (message.split(".").at(-1) ?? "").replaceAll(/[-_]+/g, " ").toLowerCase() : message.trim();
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
