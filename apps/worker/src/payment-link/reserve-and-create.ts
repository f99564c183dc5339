import type { Money } from "@qonto-pay/core/money";
import type { PaymentLink, PaymentLinkToCreate } from "@qonto-pay/core/qonto";
import type { ApiError } from "../errors/api-error.ts";
import { cannotSell, NOT_CONNECTED, notFoundError } from "../connection/cannot-sell-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { NO_CONNECTION } from "../qonto/qonto-answer.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { connectionIsDue, noteRefusedAmount, takesNoPayments } from "../connection/refresh-connection.ts";

/** Longer than a create call can take, including a token refresh before it. */
const MINT_OVER_AFTER_MS = 60_000;

/** A failure this quick leaves time for another try while the shopper waits. */
const QUICK_MS = 2_000;

/** A link that Qonto created, and its reservation. */
export interface RequestedLink {
  readonly link: PaymentLink;
  readonly noteId: number;
}

/**
 * Creates a link at Qonto.
 *
 * Reserves the coming link before each call; recording the link removes the reservation. If the Worker dies in between,
 * the reservation leads to the link, which no shopper has, and the Worker deactivates it. A call that failed quickly
 * and may have taken effect is repeated under the same `X-Qonto-Idempotency-Key`: if Qonto respects the key, it returns
 * the same link; otherwise the reservation leads to the first one.
 *
 * @param amount the displayed amount; null: none yet.
 * @throws ApiError `merchant_not_connected`, `qonto_rate_limited`, `qonto_refused`, `qonto_unavailable`.
 */
export async function reserveAndCreate(
  merchant: MerchantContext,
  checkoutId: string,
  body: PaymentLinkToCreate,
  amount: Money | null,
): Promise<RequestedLink> {
  const idempotencyKey = crypto.randomUUID();
  const startedAt = Date.now();
  for (let isAgain = false; ; isAgain = true) {
    const noteId = reserveLink(merchant, checkoutId, body);
    try {
      return { noteId, link: await merchant.qonto.createPaymentLink(body, idempotencyKey) };
    } catch (fault) {
      if (!(fault instanceof QontoError)) throw fault;
      if (!fault.mayHaveHappened) merchant.linkReservations.remove(noteId);
      else merchant.linkReservations.postpone(noteId, Date.now());
      if (fault.mayHaveHappened && !isAgain && Date.now() - startedAt < QUICK_MS) continue;
      throw await failureOf(merchant, fault, amount);
    }
  }
}

/** Fails without a call if Qonto is known to reject the link. @throws ApiError of `cannotSell` */
export function requireConnected(merchant: MerchantContext): void {
  const known = merchant.settings.read("connection");
  if (known === null || !takesNoPayments(known)) return;
  if (known.isNotActivated) {
    throw cannotSell("payment_links_not_activated", "the organization has no payment links");
  }
  throw cannotSell("merchant_not_connected", "the connection is not enabled", NOT_CONNECTED);
}

function reserveLink(merchant: MerchantContext, checkoutId: string, body: PaymentLinkToCreate): number {
  const now = Date.now();
  const invoiceId = "invoice_id" in body.payment_link ? body.payment_link.invoice_id : null;
  return merchant.linkReservations.add({ checkoutId, invoiceId, dueAt: now + MINT_OVER_AFTER_MS }, now);
}

/** Translates an error. A rejection may mean that the merchant's connection or methods have changed. */
async function failureOf(merchant: MerchantContext, fault: QontoError, amount: Money | null): Promise<ApiError> {
  if (fault.kind !== "refused" && fault.kind !== "not_found") return toApiError(fault);
  if (fault.kind === "not_found" && fault.code !== NO_CONNECTION) return notFoundError(merchant, fault);
  if (amount !== null && fault.kind === "refused") noteRefusedAmount(merchant, amount);
  connectionIsDue(merchant);
  // The stored state of the connection is older than this answer.
  if (fault.code === NO_CONNECTION) return cannotSell("merchant_not_connected", fault.message, NOT_CONNECTED);
  const status = merchant.settings.read("connection")?.status;
  if (status === "enabled" || status === undefined) return toApiError(fault);
  return cannotSell("merchant_not_connected", fault.message, NOT_CONNECTED);
}
