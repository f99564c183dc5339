import { connectionEventSchema, paymentLinkEventSchema, qontoEventSchema } from "@qonto-pay/core/qonto.schema";
import { Failure } from "../failure/failure.ts";
import { isSignedByQonto } from "../security/webhook-signature.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { parseJson } from "../qonto/parse-json.ts";
import { noteAnnouncedLink } from "./check-announced-links.ts";
import { readConnectionSoon } from "./keep-connection.ts";
import { SECRET_FIELD } from "./keep-webhook-secret.ts";

/**
 * The paid journey's first half: checks the signature on the raw bytes, records the event once, and has the alarm do the
 * rest, so that Qonto gets its answer well within its second.
 *
 * @throws Failure `invalid_signature`; `invalid_request` for a signed body that is no event.
 */
export async function receiveWebhook(merchant: Merchant, body: Uint8Array, signature: string | null): Promise<void> {
  const now = Date.now();
  if (!(await isSignedByQonto(body, signature, await webhookSecrets(merchant, now), now))) {
    throw new Failure("invalid_signature");
  }
  const event = qontoEventSchema.safeParse(parseJson(new TextDecoder().decode(body)));
  if (!event.success) throw new Failure("invalid_request", { reason: "a signed webhook is no event" });
  const ofPaymentLink = paymentLinkEventSchema.safeParse(event.data);
  const linkId = ofPaymentLink.success ? ofPaymentLink.data.data.payment_link_id : null;
  const isFirstOfLink = linkId !== null && !merchant.inbox.hasEventOf(linkId);
  const isNew = merchant.inbox.record(
    event.data.id,
    { paymentLinkId: linkId, happenedAt: timeOf(event.data.created_at) },
    now,
  );
  if (isNew && connectionEventSchema.safeParse(event.data).success) await readConnectionSoon(merchant);
  const checkout = linkId === null ? null : merchant.checkouts.findByLink(linkId);
  // Not one of ours, or not yet: recording the link finds the event.
  if (isFirstOfLink && checkout === null) await noteAnnouncedLink(merchant, linkId);
  if (!isNew || checkout === null) return;
  merchant.checkouts.hear(checkout.id, now);
  await merchant.wakeBy(now);
}

/** Milliseconds of the epoch; null for what is no time. */
function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? null : time;
}

/** Those that Qonto may sign with now: while one is replaced, two. */
async function webhookSecrets(merchant: Merchant, now: number): Promise<readonly string[]> {
  const known = merchant.settings.read("webhook_secrets") ?? [];
  const good = known.filter(({ until }) => until === null || until > now);
  const opened = await Promise.allSettled(good.map(({ sealed }) => merchant.vault.open(SECRET_FIELD, sealed)));
  // One that was sealed with a key that is gone must not take the others with it.
  return opened.flatMap((secret) => (secret.status === "fulfilled" ? [secret.value] : []));
}
