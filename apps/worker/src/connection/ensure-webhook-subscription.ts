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

/** The pause until the next run, after a failed and after a successful one. */
const LOOK_AGAIN_AFTER_MS = { failed: 10 * MINUTE_MS, done: DAY_MS } as const;

/** 2,000 subscriptions, more than any organization has. */
const MAX_PAGES = 20;

/** The tolerated difference between Qonto's `created_at` and the time of our request. */
const CLOCK_TOLERANCE_MS = MINUTE_MS;

/**
 * Returns the time at which `ensureWebhookSubscription` is due: at once if the Worker's address has changed; null:
 * never.
 */
export function subscriptionDueAt(merchant: MerchantContext): number | null {
  return hasMoved(merchant) ? 0 : (merchant.settings.read("subscription_due")?.at ?? null);
}

/** Whether Qonto still sends webhooks to a previous address of the Worker. */
function hasMoved(merchant: MerchantContext): boolean {
  const due = merchant.settings.read("subscription_due");
  return due !== null && due.callbackUrl !== callbackUrlOf(merchant);
}

/** Schedules the next `ensureWebhookSubscription`. */
export function subscriptionIsDue(merchant: MerchantContext, at = Date.now()): void {
  merchant.settings.write("subscription_due", { at, callbackUrl: callbackUrlOf(merchant) });
}

/**
 * Runs from the alarm. Ensures that Qonto sends every type of event here, signed with a secret that is stored here.
 * Only creates and deletes subscriptions: Qonto does not document that a `PUT` takes a secret, and returns a secret
 * only once, when the subscription is created (field notes of 2026-11-29, 9.3 and 9.4). So a new secret, a lost secret
 * and another address each lead to a new subscription. The previous one is deleted once a delivery was verified with
 * the new secret. The next run repairs a crash between any two steps. Never throws a `QontoError`.
 */
export async function ensureWebhookSubscription(merchant: MerchantContext): Promise<void> {
  const dueAt = subscriptionDueAt(merchant);
  if (dueAt === null || dueAt > Date.now()) return;
  // Set before the calls, so that no second run begins meanwhile and a crash costs these minutes.
  const planned = Date.now() + LOOK_AGAIN_AFTER_MS.failed;
  subscriptionIsDue(merchant, planned);
  try {
    await repair(merchant);
    // A delivery that arrived meanwhile has scheduled another run.
    if (merchant.settings.read("subscription_due")?.at !== planned) return;
    subscriptionIsDue(merchant, Date.now() + LOOK_AGAIN_AFTER_MS.done);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    // The next consent schedules it again.
    if (fault.kind === "not_connected") merchant.settings.remove("subscription_due");
  }
}

/** Deletes every subscription of ours. @throws QontoError */
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
  // Until a delivery is verified, only the subscriptions with earlier secrets are known to work.
  if (!isVerified) return;
  const needed = neededOf([...mine, ...made]);
  for (const { id } of ours) if (!needed.includes(id)) await remove(merchant, id);
  retireOthers(merchant, needed);
}

/** Returns the event types that none of these subscriptions sends. */
export function missingTypes(subscriptions: readonly WebhookSubscription[]): readonly string[] {
  return WEBHOOK_EVENT_TYPES.filter((type) => !subscriptions.some(({ types }) => types.includes(type)));
}

/** Returns the ids of the subscriptions that add an event type to those of the earlier ones. */
function neededOf(subscriptions: readonly WebhookSubscription[]): readonly string[] {
  const needed: WebhookSubscription[] = [];
  for (const subscription of subscriptions) {
    if (missingTypes([...needed, subscription]).length < missingTypes(needed).length) needed.push(subscription);
  }
  return needed.map(({ id }) => id);
}

/**
 * Whether Qonto signs a subscription with this secret: either its id is stored with the secret, or Qonto created it
 * after this secret was first sent and the answer was lost.
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
 * Subscribes to these types, with one subscription if Qonto keeps all of them in it (accepted in practice, while a
 * guide says "one subscription per event type"; field notes of 2026-11-29, 9.6). A type that Qonto rejects does not
 * prevent the others.
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

/**
 * Returns the subscriptions that this Worker created: their id is stored here, or they send to this Worker.
 * Subscriptions of other tools are left alone.
 *
 * @throws QontoError
 */
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

/** Returns the address to which Qonto sends this merchant's webhooks. */
export function callbackUrlOf({ config, name }: MerchantContext): string {
  return new URL(`/webhooks/qonto/${name}`, config.workerUrl).href;
}
