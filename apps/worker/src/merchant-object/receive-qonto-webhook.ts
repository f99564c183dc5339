import {
  connectionEventSchema,
  consentRevocationEventSchema,
  paymentLinkEventSchema,
  qontoEventSchema,
} from "@qonto-pay/core/qonto.schema";
import { ApiError } from "../errors/api-error.ts";
import { isSignedByQonto } from "../crypto/webhook-signature.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { parseJson } from "../qonto/parse-json.ts";
import { FIRST_READ_AFTER_MS } from "../payment-link/create-payment-link.ts";
import { noteAnnouncedLink } from "../payment-link/check-announced-links.ts";
import { connectionIsDue } from "../connection/refresh-connection.ts";
import { consentCheckIsDue } from "../connection/renew-authorization.ts";
import { subscriptionIsDue } from "../connection/ensure-webhook-subscription.ts";
import { noteDelivery, SECRET_FIELD, webhookSecrets } from "../connection/qonto-webhook-secret.ts";

/**
 * Receives a webhook of Qonto: verifies the signature of the raw bytes, deduplicates and records the event, and
 * schedules its processing by the alarm. So Qonto receives the answer well within its limit of one second.
 *
 * @throws ApiError `invalid_signature`; `invalid_request` for a signed body that is not an event.
 */
export async function receiveWebhook(
  merchant: MerchantContext,
  body: Uint8Array,
  signature: string | null,
): Promise<void> {
  const now = Date.now();
  const sealed = await signingSecret(merchant, body, signature, now);
  if (sealed === null) throw new ApiError("invalid_signature");
  const event = qontoEventSchema.safeParse(parseJson(new TextDecoder().decode(body)));
  if (!event.success) throw new ApiError("invalid_request", { reason: "a signed webhook is no event" });
  const ofPaymentLink = paymentLinkEventSchema.safeParse(event.data);
  const named = ofPaymentLink.success ? ofPaymentLink.data.data : null;
  const linkId = named?.payment_link_id ?? null;
  // In one transaction, so that an event whose effect was not stored is processed when Qonto repeats it.
  merchant.transaction(() => {
    if (noteDelivery(merchant, sealed, event.data.subscription_id)) subscriptionIsDue(merchant);
    const isFirstOfLink = linkId !== null && !merchant.inbox.hasEventOf(linkId);
    // A link is created once. A payment can't be a part of this event, and the first poll finds any that is.
    const isCreation = isFirstOfLink && named?.event === "created" && named.status === "open";
    const arrival = { paymentLinkId: linkId, isCreation, happenedAt: timeOf(event.data.created_at) };
    if (!merchant.inbox.record(event.data.id, arrival, now)) return;
    if (isRevocation(merchant, event.data)) consentCheckIsDue(merchant, now);
    if (connectionEventSchema.safeParse(event.data).success) connectionIsDue(merchant, now);
    const checkout = linkId === null ? null : merchant.checkouts.findByLink(linkId);
    if (checkout === null) {
      // Not one of our links, or not stored yet: recording the link then finds this event.
      if (isFirstOfLink) noteAnnouncedLink(merchant, linkId, now);
    } else if (!isCreation || now >= checkout.createdAt + FIRST_READ_AFTER_MS) {
      merchant.checkoutReads.touch(checkout.id, now);
    }
  });
  merchant.readHintedSoon();
}

/** Parses a time into milliseconds since the epoch; null: invalid. */
function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : time;
}

/** Whether an event reports that this merchant's consent to this application was revoked. */
function isRevocation({ config }: MerchantContext, event: unknown): boolean {
  const revocation = consentRevocationEventSchema.safeParse(event);
  if (!revocation.success) return false;
  const clientId = revocation.data.data?.client_id;
  return clientId === undefined || clientId === config.clientId;
}

/**
 * Returns the stored, encrypted secret whose signature is valid; null: none. During a rotation, two secrets are valid.
 */
async function signingSecret(
  merchant: MerchantContext,
  body: Uint8Array,
  signature: string | null,
  now: number,
): Promise<string | null> {
  for (const { sealed, until } of webhookSecrets(merchant)) {
    if (until !== null && until <= now) continue;
    const secret = await decryptOrNull(merchant, sealed);
    if (secret !== null && (await isSignedByQonto(body, signature, [secret], now))) return sealed;
  }
  return null;
}

/** Decrypts a secret; null: its key was removed, which must not affect the other secrets. */
async function decryptOrNull({ vault }: MerchantContext, sealed: string): Promise<string | null> {
  try {
    return await vault.decrypt(SECRET_FIELD, sealed);
  } catch {
    return null;
  }
}
