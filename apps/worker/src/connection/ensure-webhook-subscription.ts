import { PAYMENT_LINKS_EVENT, WEBHOOK_EVENT_TYPES, type WebhookSubscription } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import {
  noteAsked,
  noteSubscription,
  type PresentSecret,
  presentSecret,
  retireOthers,
  takeOver,
  webhookSecrets,
} from "./qonto-webhook-secret.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** When it was looked after without success, and when with. */
const LOOK_AGAIN_AFTER_MS = { failed: 10 * MINUTE_MS, done: DAY_MS } as const;

/** More subscriptions than these, nobody has: 2,000. */
const MAX_PAGES = 20;

/** Between Qonto's `created_at` and the time at which it was asked. */
const CLOCK_TOLERANCE_MS = MINUTE_MS;

/** When `ensureWebhookSubscription` has something to do: at once where the Worker has moved; null: it has not. */
export function subscriptionDueAt(merchant: MerchantContext): number | null {
  return hasMoved(merchant) ? 0 : (merchant.settings.read("subscription_due")?.at ?? null);
}

/** Whether webhooks still go to where the Worker was before. */
function hasMoved(merchant: MerchantContext): boolean {
  const due = merchant.settings.read("subscription_due");
  return due !== null && due.callbackUrl !== callbackUrlOf(merchant);
}

/** Has it looked after by the next `ensureWebhookSubscription`. */
export function subscriptionIsDue(merchant: MerchantContext, at = Date.now()): void {
  merchant.settings.write("subscription_due", { at, callbackUrl: callbackUrlOf(merchant) });
}

/**
 * From the alarm: ensures that Qonto sends every type of event here, signed with a secret that is stored here. Only ever
 * makes and deletes subscriptions: Qonto does not document that a `PUT` takes a secret, and answers a secret once, when the
 * subscription is made (field notes of 2026-11-29, 9.3 and 9.4). So a new secret, a lost one and another address all mean
 * a new subscription, and the one before it is deleted once a delivery was verified with the new secret. A crash between
 * any two steps is repaired by the next run. Never throws a `QontoError`.
 */
export async function ensureWebhookSubscription(merchant: MerchantContext): Promise<void> {
  const dueAt = subscriptionDueAt(merchant);
  if (dueAt === null || dueAt > Date.now()) return;
  // Set before the calls, so that no second run begins meanwhile and a crash costs these minutes.
  const planned = Date.now() + LOOK_AGAIN_AFTER_MS.failed;
  subscriptionIsDue(merchant, planned);
  try {
    await repair(merchant);
    // A delivery that came in meanwhile schedules another run.
    if (merchant.settings.read("subscription_due")?.at !== planned) return;
    subscriptionIsDue(merchant, Date.now() + LOOK_AGAIN_AFTER_MS.done);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    // Connecting again is what has it looked after again.
    if (fault.kind === "not_connected") merchant.settings.remove("subscription_due");
  }
}

/** Removes every subscription of ours. @throws QontoError */
export async function removeSubscriptions(merchant: MerchantContext): Promise<void> {
  for (const { id } of await findOurs(merchant)) await remove(merchant, id);
}

async function repair(merchant: MerchantContext): Promise<void> {
  const ours = await findOurs(merchant);
  const here = callbackUrlOf(merchant);
  const secret = await presentSecret(merchant, ours, here);
  const mine = ours.filter((subscription) => isOf(merchant, secret, subscription, here));
  for (const { id } of mine) noteSubscription(merchant, secret.stored.sealed, id);
  const made = await subscribeTo(merchant, secret, missingTypes(mine));
  const isVerified = webhookSecrets(merchant)[0]?.verifiedAt != null;
  // Until then, the subscriptions with earlier secrets are those that are known to work.
  if (!isVerified) return;
  const needed = neededOf([...mine, ...made]);
  for (const { id } of ours) if (!needed.includes(id)) await remove(merchant, id);
  retireOthers(merchant, needed);
}

/** The types of event that these subscriptions do not send. */
export function missingTypes(subscriptions: readonly WebhookSubscription[]): readonly string[] {
  return WEBHOOK_EVENT_TYPES.filter((type) => !subscriptions.some(({ types }) => types.includes(type)));
}

/** The ids of those that each send something that the ones before do not. */
function neededOf(subscriptions: readonly WebhookSubscription[]): readonly string[] {
  const needed: WebhookSubscription[] = [];
  for (const subscription of subscriptions) {
    if (missingTypes([...needed, subscription]).length < missingTypes(needed).length) needed.push(subscription);
  }
  return needed.map(({ id }) => id);
}

/**
 * Whether a subscription is signed with this secret: it is stored so, or Qonto made it after this secret was first sent
 * and the answer was lost.
 */
function isOf(
  merchant: MerchantContext,
  { stored }: PresentSecret,
  { id, callback_url, created_at }: WebhookSubscription,
  here: string,
): boolean {
  if (callback_url !== here) return false;
  const owner = webhookSecrets(merchant).find(({ subscriptionIds }) => subscriptionIds.includes(id));
  if (owner !== undefined) return owner.sealed === stored.sealed;
  if (stored.askedAt === null || stored.subscriptionIds.length > 0) return false;
  const skew = merchant.qontoClock.skewSince(0) ?? 0;
  return Date.parse(created_at ?? "") >= stored.askedAt + skew - CLOCK_TOLERANCE_MS;
}

/**
 * Subscribes to these types, to all of them at once where Qonto keeps all of them (accepted in practice, while a guide says
 * "one subscription per event type"; field notes of 2026-11-29, 9.6). A type that Qonto rejects does not keep the others
 * from coming.
 *
 * @throws QontoError
 */
async function subscribeTo(
  merchant: MerchantContext,
  secret: PresentSecret,
  types: readonly string[],
): Promise<readonly WebhookSubscription[]> {
  if (types.length === 0) return [];
  noteAsked(merchant, secret);
  let made: WebhookSubscription;
  try {
    made = await merchant.qonto.createSubscription({
      callback_url: callbackUrlOf(merchant),
      types,
      secret: secret.value,
    });
  } catch (fault) {
    if (!(fault instanceof QontoError) || fault.kind !== "refused") throw fault;
    if (types.length > 1) return subscribeToEach(merchant, secret, types);
    // Without the payment-link events the subscription is useless.
    if (types.includes(PAYMENT_LINKS_EVENT)) throw fault;
    return [];
  }
  const isOther = made.secret !== undefined && made.secret !== secret.value;
  const used = isOther ? await takeOver(merchant, secret, made.secret ?? "") : secret;
  noteSubscription(merchant, used.stored.sealed, made.id);
  const left = types.filter((type) => !made.types.includes(type));
  // A subscription that took none of them would cause endless requests.
  return left.length === types.length ? [made] : [made, ...(await subscribeTo(merchant, used, left))];
}

async function subscribeToEach(
  merchant: MerchantContext,
  secret: PresentSecret,
  types: readonly string[],
): Promise<readonly WebhookSubscription[]> {
  const made: WebhookSubscription[] = [];
  for (const type of types) made.push(...(await subscribeTo(merchant, secret, [type])));
  return made;
}

/** Those that we made: by what is stored here, or by where they send to. Those of other tools are left alone. @throws QontoError */
export async function findOurs(merchant: MerchantContext): Promise<readonly WebhookSubscription[]> {
  const callbackUrl = callbackUrlOf(merchant);
  const knownIds = new Set(webhookSecrets(merchant).flatMap(({ subscriptionIds }) => subscriptionIds));
  const ours: WebhookSubscription[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { subscriptions, isLastPage } = await merchant.qonto.listSubscriptions(page);
    ours.push(...subscriptions.filter(({ id, callback_url }) => knownIds.has(id) || callback_url === callbackUrl));
    if (isLastPage) break;
  }
  return ours;
}

async function remove(merchant: MerchantContext, id: string): Promise<void> {
  try {
    await merchant.qonto.deleteSubscription(id);
  } catch (fault) {
    if (!(fault instanceof QontoError) || fault.kind !== "not_found") throw fault;
  }
}

/** Where Qonto sends this merchant's webhooks. */
export function callbackUrlOf({ config, name }: MerchantContext): string {
  return new URL(`/webhooks/qonto/${name}`, config.workerUrl).href;
}
