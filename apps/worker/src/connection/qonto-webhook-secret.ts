import type { WebhookSubscription } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { randomSecret } from "../crypto/random-secret.ts";
import type { WebhookSecret } from "../storage/settings.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** An older secret is rotated, since it may have leaked. */
const ROTATE_AFTER_MS = 90 * DAY_MS;

/** Qonto repeats a delivery for a few days, with its original signature. */
const KEEP_REPLACED_MS = 4 * DAY_MS;

/** The oldest secrets beyond this number are removed: without verified deliveries, each rotation adds one. */
const MOST_SECRETS = 8;

/** A secret signs for at most one subscription of each type, and for some whose creation was not answered. */
const MOST_SUBSCRIPTIONS = 10;

/** The encrypted field of `webhook_secrets`. */
export const SECRET_FIELD = "webhook_secret";

/** The secret for new subscriptions. */
export interface PresentSecret {
  readonly value: string;
  readonly stored: WebhookSecret;
}

/** Returns every secret that Qonto may sign with, the present one first. */
export function webhookSecrets({ settings }: MerchantContext): readonly WebhookSecret[] {
  return settings.read("webhook_secrets") ?? [];
}

/**
 * Returns the secret for Qonto's signatures. Reuses the stored secret, unless it is too old, is encrypted with a
 * replaced key, or its subscription was changed. A new secret is stored before it is sent to Qonto, so that a delivery
 * that overtakes Qonto's answer is accepted. Earlier secrets are accepted until their subscriptions are deleted.
 *
 * @param ours our subscriptions, as Qonto lists them now.
 * @param callbackUrl the address to which they have to send.
 */
export async function presentSecret(
  merchant: MerchantContext,
  ours: readonly WebhookSubscription[],
  callbackUrl: string,
): Promise<PresentSecret> {
  const known = await readPresent(merchant);
  if (known !== null && !ours.some((subscription) => isChanged(subscription, known, callbackUrl))) return known;
  const value = randomSecret();
  const sealed = await merchant.vault.encrypt(SECRET_FIELD, value);
  const stored = { sealed, madeAt: Date.now(), askedAt: null, verifiedAt: null, until: null, subscriptionIds: [] };
  merchant.settings.write("webhook_secrets", [stored, ...webhookSecrets(merchant)].slice(0, MOST_SECRETS));
  return { value, stored };
}

/** Records that a subscription with this secret may exist from now on. To be called before the request to Qonto. */
export function noteAsked(merchant: MerchantContext, { stored }: PresentSecret): void {
  change(merchant, stored.sealed, (secret) => ({ ...secret, askedAt: secret.askedAt ?? Date.now() }));
}

/** Records that a subscription is signed with this secret. */
export function noteSubscription(merchant: MerchantContext, sealed: string, id: string): void {
  change(merchant, sealed, (secret) => ({ ...secret, subscriptionIds: withId(secret, id) }));
}

/** Replaces the present secret by the one that Qonto returned instead. */
export async function takeOver(
  merchant: MerchantContext,
  { stored }: PresentSecret,
  value: string,
): Promise<PresentSecret> {
  const sealed = await merchant.vault.encrypt(SECRET_FIELD, value);
  change(merchant, stored.sealed, (secret) => ({ ...secret, sealed }));
  return { value, stored: { ...stored, sealed } };
}

/**
 * Records that a delivery was signed with this secret. Subscriptions with other secrets can be deleted then.
 *
 * @param subscriptionId as the event names it.
 * @returns whether it was the first delivery with this secret.
 */
export function noteDelivery(merchant: MerchantContext, sealed: string, subscriptionId: string | undefined): boolean {
  const secret = webhookSecrets(merchant).find((known) => known.sealed === sealed);
  if (secret === undefined) return false;
  const isFirst = secret.verifiedAt === null;
  const isKnown = subscriptionId === undefined || secret.subscriptionIds.includes(subscriptionId);
  if (!isFirst && isKnown) return false;
  change(merchant, sealed, (found) => ({
    ...found,
    verifiedAt: found.verifiedAt ?? Date.now(),
    subscriptionIds: subscriptionId === undefined ? found.subscriptionIds : withId(found, subscriptionId),
  }));
  return isFirst;
}

/** Retires earlier secrets once no subscription uses them: each is accepted only while Qonto may repeat deliveries. */
export function retireOthers(merchant: MerchantContext, subscriptionIds: readonly string[]): void {
  const now = Date.now();
  const [present, ...before] = webhookSecrets(merchant);
  if (present === undefined) return;
  const stillGood = before
    .map((secret) => ({ ...secret, until: secret.until ?? now + KEEP_REPLACED_MS }))
    .filter(({ until }) => until > now);
  merchant.settings.write("webhook_secrets", [{ ...present, subscriptionIds }, ...stillGood]);
}

/** Returns null if the stored secret can't be used for another subscription. */
async function readPresent(merchant: MerchantContext): Promise<PresentSecret | null> {
  const [stored] = webhookSecrets(merchant);
  if (stored === undefined || Date.now() >= stored.madeAt + ROTATE_AFTER_MS) return null;
  if (!(await merchant.vault.isCurrent(stored.sealed))) return null;
  return { value: await merchant.vault.decrypt(SECRET_FIELD, stored.sealed), stored };
}

/** Whether a subscription of this secret now sends to another address or has another secret. */
function isChanged(subscription: WebhookSubscription, { value, stored }: PresentSecret, callbackUrl: string): boolean {
  const { id, callback_url, secret } = subscription;
  if (!stored.subscriptionIds.includes(id)) return false;
  return callback_url !== callbackUrl || (secret !== undefined && secret !== value);
}

function withId({ subscriptionIds }: WebhookSecret, id: string): readonly string[] {
  return [...new Set([id, ...subscriptionIds])].slice(0, MOST_SUBSCRIPTIONS);
}

function change(merchant: MerchantContext, sealed: string, changed: (secret: WebhookSecret) => WebhookSecret): void {
  const all = webhookSecrets(merchant).map((secret) => (secret.sealed === sealed ? changed(secret) : secret));
  merchant.settings.write("webhook_secrets", all);
}
