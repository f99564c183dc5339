import { WEBHOOK_EVENT_TYPES, type WebhookSubscription } from "@qonto-pay/core/qonto";
import type { Merchant } from "../merchant/merchant.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import type { SubscriptionBody } from "../qonto/qonto-client.ts";
import { confirmSecret, presentSecret } from "./keep-webhook-secret.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** When it was looked after without success, and when with. */
const LOOK_AGAIN_AFTER_MS = { failed: 10 * MINUTE_MS, done: DAY_MS } as const;

/** More subscriptions than these, nobody has: 2,000. */
const MAX_PAGES = 20;

/** When `keepSubscription` has something to do: at once where the Worker has moved; null: it has not. */
export function subscriptionDueAt(merchant: Merchant): number | null {
  return hasMoved(merchant) ? 0 : (merchant.settings.read("subscription_due")?.at ?? null);
}

/** Whether webhooks still go to where the Worker was before. */
export function hasMoved(merchant: Merchant): boolean {
  const due = merchant.settings.read("subscription_due");
  return due !== null && due.callbackUrl !== callbackUrlOf(merchant);
}

/** Has it looked after by the next `keepSubscription`. */
export function subscriptionIsDue(merchant: Merchant, at = Date.now()): void {
  merchant.settings.write("subscription_due", { at, callbackUrl: callbackUrlOf(merchant) });
}

/**
 * From the alarm: sees to it that Qonto has exactly one webhook subscription of ours, of both types, signed with the
 * secret that is kept here. Makes it, finds it again, repairs it, and removes what is one too many; a crash between any
 * two of these is mended by the next run. Never throws a `QontoFault`.
 */
export async function keepSubscription(merchant: Merchant): Promise<void> {
  const dueAt = subscriptionDueAt(merchant);
  if (dueAt === null || dueAt > Date.now()) return;
  // Set before the calls, so that no second run begins meanwhile and a crash costs these minutes.
  const planned = Date.now() + LOOK_AGAIN_AFTER_MS.failed;
  subscriptionIsDue(merchant, planned);
  await merchant.wakeBy(planned);
  try {
    await repair(merchant);
    subscriptionIsDue(merchant, Date.now() + LOOK_AGAIN_AFTER_MS.done);
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    // Connecting again is what has it looked after again.
    if (fault.kind === "not_connected") merchant.settings.remove("subscription_due");
  }
}

/** Removes every subscription of ours. @throws QontoFault */
export async function removeSubscriptions(merchant: Merchant): Promise<void> {
  for (const { id } of await findOurs(merchant)) await remove(merchant, id);
}

async function repair(merchant: Merchant): Promise<void> {
  const [found, ...tooMany] = await findOurs(merchant);
  const secret = await presentSecret(merchant);
  const wanted = { callback_url: callbackUrlOf(merchant), types: WEBHOOK_EVENT_TYPES, secret };
  const { id } = await asWanted(merchant, found, wanted);
  confirmSecret(merchant);
  merchant.settings.write("webhook_subscription", { id, isConfirmed: true });
  for (const extra of tooMany) await remove(merchant, extra.id);
}

/** The subscription as it has to be: made, changed, or left alone. @throws QontoFault */
async function asWanted(
  merchant: Merchant,
  found: WebhookSubscription | undefined,
  wanted: SubscriptionBody,
): Promise<Pick<WebhookSubscription, "id">> {
  if (found === undefined) return merchant.qonto.createSubscription(wanted);
  if (isAsWanted(merchant, found, wanted)) return found;
  try {
    return await merchant.qonto.updateSubscription(found.id, wanted);
  } catch (fault) {
    // Somebody has removed it since it was listed.
    if (!(fault instanceof QontoFault) || fault.kind !== "not_found") throw fault;
    return merchant.qonto.createSubscription(wanted);
  }
}

function isAsWanted(merchant: Merchant, found: WebhookSubscription, wanted: SubscriptionBody): boolean {
  const known = merchant.settings.read("webhook_subscription");
  return (
    known?.id === found.id &&
    known.isConfirmed &&
    isSentHere(merchant, found) &&
    // Qonto may keep the secret to itself: then what it answered when it was given the secret counts.
    (found.secret === undefined || found.secret === wanted.secret)
  );
}

/** Whether Qonto sends this merchant's events here, all that are wanted and no others. */
export function isSentHere(merchant: Merchant, { callback_url, types }: WebhookSubscription): boolean {
  const isWhole = WEBHOOK_EVENT_TYPES.every((type) => types.includes(type));
  return callback_url === callbackUrlOf(merchant) && isWhole && types.length === WEBHOOK_EVENT_TYPES.length;
}

/** Those that we made: by what is stored here, or by where they send to. The one that is known comes first. @throws QontoFault */
export async function findOurs(merchant: Merchant): Promise<readonly WebhookSubscription[]> {
  const callbackUrl = callbackUrlOf(merchant);
  const knownId = merchant.settings.read("webhook_subscription")?.id;
  const ours: WebhookSubscription[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { subscriptions, isLastPage } = await merchant.qonto.listSubscriptions(page);
    ours.push(...subscriptions.filter(({ id, callback_url }) => id === knownId || callback_url === callbackUrl));
    if (isLastPage) break;
  }
  return ours.toSorted((a, b) => Number(b.id === knownId) - Number(a.id === knownId));
}

async function remove(merchant: Merchant, id: string): Promise<void> {
  try {
    await merchant.qonto.deleteSubscription(id);
  } catch (fault) {
    if (!(fault instanceof QontoFault) || fault.kind !== "not_found") throw fault;
  }
}

/** Where Qonto sends this merchant's webhooks. */
export function callbackUrlOf({ config, name }: Merchant): string {
  return new URL(`/webhooks/qonto/${name}`, config.workerUrl).href;
}
