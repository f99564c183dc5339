import { isSameAmount, type Money } from "@qonto-pay/core/money";
import type { ListPaymentMethodsQuery, PaymentLinkConnection, PaymentMethod } from "@qonto-pay/core/qonto";
import { encryptLocation, storeLocation, withKnownLocation } from "./connection-location.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { KnownConnection } from "../storage/settings.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Also while nobody connects, so that a webhook that was lost costs time and nothing else. */
const READ_AGAIN_AFTER_MS = { enabled: DAY_MS, other: 10 * MINUTE_MS } as const;

/** Of amounts that Qonto has refused: each costs a call a day. */
const MOST_AMOUNTS = 20;
const FORGET_AMOUNT_AFTER_MS = 30 * DAY_MS;

/** Less than the day between two reads of the connection, so that the refusal of one amount reads that amount alone. */
const READ_AMOUNT_AGAIN_AFTER_MS = DAY_MS / 2;

/** How long an amount without any method is refused without a call: the merchant may have changed its limits since. */
const NO_METHOD_HOLDS_MS = 5 * MINUTE_MS;

/** When `refreshConnection` has something to do; null: it has not. */
export function connectionDueAt(merchant: MerchantContext): number | null {
  return merchant.settings.read("connection_due_at");
}

/**
 * From the alarm: reads anew whether the merchant can take payments, and by which methods, because an event said that it
 * changed or because that was a while ago. Never throws a `QontoError`.
 */
export async function refreshConnection(merchant: MerchantContext): Promise<void> {
  const dueAt = connectionDueAt(merchant);
  if (dueAt === null || dueAt > Date.now()) return;
  // Set before the calls: an event that comes in meanwhile has it read once more.
  const planned = Date.now() + READ_AGAIN_AFTER_MS.other;
  merchant.settings.write("connection_due_at", planned);
  try {
    const found = await readConnection(merchant);
    const isEnabled = typeof found === "object" && found.status === "enabled";
    if (isEnabled) await readMethodsByAmount(merchant);
    if (!isEnabled || merchant.settings.read("connection_due_at") !== planned) return;
    merchant.settings.write("connection_due_at", Date.now() + READ_AGAIN_AFTER_MS.enabled);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    // Connecting again is what has it read again.
    if (fault.kind === "not_connected") merchant.settings.remove("connection_due_at");
  }
}

/** How the connection stands at Qonto. */
export type FoundConnection =
  | PaymentLinkConnection
  /** There was never one. */
  | "none"
  /** The organization has no payment links to connect. */
  | "not_activated";

/** Reads the connection and, where it is enabled, the methods. @throws QontoError */
export async function readConnection(merchant: MerchantContext): Promise<FoundConnection> {
  const found = await storeFound(merchant, await findConnection(merchant));
  if (typeof found === "string" || found.status !== "enabled") return found;
  await readPaymentMethods(merchant);
  return found;
}

/**
 * The connection at Qonto. Qonto answers 404 both before there was ever one and where the organization has no payment
 * links; only the list of links tells these apart (field notes of 2026-11-29, 4.3).
 *
 * @throws QontoError
 */
export async function findConnection(merchant: MerchantContext): Promise<FoundConnection> {
  try {
    return await merchant.qonto.getConnection();
  } catch (fault) {
    if (!(fault instanceof QontoError) || fault.kind !== "not_found") throw fault;
  }
  return (await isActivated(merchant)) ? "none" : "not_activated";
}

/** Whether the merchant's organization has payment links at all, asked where Qonto answered 404. @throws QontoError */
export async function isActivated({ qonto }: MerchantContext): Promise<boolean> {
  try {
    await qonto.listPaymentLinks({ per_page: 1 });
    return true;
  } catch (fault) {
    if (fault instanceof QontoError && fault.kind === "not_found") return false;
    throw fault;
  }
}

/**
 * Whether a connection as it is stored takes no payments, so that Qonto would only reject a link. A status that this
 * version does not know is left to Qonto.
 */
export function takesNoPayments({ status }: KnownConnection): boolean {
  return status === null || status === "disabled" || status === "not_connected";
}

/** Stores what was found. @returns it, with where the connection is finished as far as Qonto ever answered that. */
export async function storeFound(merchant: MerchantContext, found: FoundConnection): Promise<FoundConnection> {
  const connection = typeof found === "object" ? found : null;
  const sealed = await encryptLocation(merchant, connection);
  // If the merchant was disconnected meanwhile, nothing of it is stored any more.
  if (merchant.settings.read("sealed_tokens") !== null) {
    storeLocation(merchant, connection, sealed);
    recordFound(merchant, found);
  }
  return connection === null ? found : withKnownLocation(merchant, connection);
}

/** Stores what was found, as `recordConnection`. */
export function recordFound(merchant: MerchantContext, found: FoundConnection): void {
  if (typeof found === "object") recordConnection(merchant, { status: found.status });
  else recordConnection(merchant, { status: null, ...(found === "none" ? {} : { isNotActivated: true }) });
}

/** Stores how the connection stands, and records `connection.changed` where that is new. */
function recordConnection(merchant: MerchantContext, connection: KnownConnection): void {
  const known = merchant.settings.read("connection") ?? NEVER_CONNECTED;
  merchant.settings.write("connection", connection);
  const { status, isNotActivated = false } = connection;
  if (known.status === status && (known.isNotActivated ?? false) === isNotActivated) return;
  const activated = !isNotActivated;
  recordEvent(merchant, "connection.changed", { connection: { status: status ?? "not_connected", activated } });
}

const NEVER_CONNECTED: KnownConnection = { status: null };

/** Reads which methods the merchant has enabled, and stores them. @returns their names. @throws QontoError */
export async function readPaymentMethods(merchant: MerchantContext): Promise<readonly string[]> {
  const enabled = await listEnabledMethods(merchant);
  const known = merchant.settings.read("payment_methods") ?? [];
  merchant.settings.write("payment_methods", enabled);
  if (known.toSorted().join() !== enabled.toSorted().join()) forgetMethodsByAmount(merchant);
  return enabled;
}

/** Returns the names of the methods that the merchant has enabled, as Qonto lists them now. @throws QontoError */
export async function listEnabledMethods({ qonto }: MerchantContext): Promise<readonly string[]> {
  return namesOf(await qonto.listPaymentMethods());
}

/**
 * The methods for an amount, as last read; null: those for any amount hold, also where none was found minutes ago. Some methods have limits, so that Qonto may
 * refuse a link over a small or a large amount (a guess; field notes of 2026-11-29, 7.3). A refusal has the methods for its
 * amount read by the alarm, and read again with the connection: never while a shopper waits.
 */
export function methodsForAmount({ settings }: MerchantContext, amount: Money | null): readonly string[] | null {
  if (amount === null) return null;
  const known = settings.read("payment_methods_by_amount") ?? [];
  const { enabled = null, readAt = null } = known.find((entry) => isSameAmount(entry.amount, amount)) ?? {};
  const isOld = readAt === null || Date.now() - readAt > NO_METHOD_HOLDS_MS;
  return enabled?.length === 0 && isOld ? null : enabled;
}

/** Has the methods for each amount read again: what Qonto listed for them no longer holds. Until then those for any amount do. */
export function forgetMethodsByAmount({ settings }: MerchantContext): void {
  const known = settings.read("payment_methods_by_amount") ?? [];
  if (known.length === 0) return;
  settings.write(
    "payment_methods_by_amount",
    known.map((entry) => ({ ...entry, enabled: null, readAt: null })),
  );
}

/** Notes that Qonto refused a link over this amount: the next read of the connection reads the methods for it. */
export function noteRefusedAmount({ settings }: MerchantContext, amount: Money): void {
  const known = settings.read("payment_methods_by_amount") ?? [];
  const before = known.find((entry) => isSameAmount(entry.amount, amount));
  const others = known.filter((entry) => entry !== before);
  const noted = { amount, enabled: before?.enabled ?? null, refusedAt: Date.now(), readAt: null };
  settings.write("payment_methods_by_amount", [noted, ...others].slice(0, MOST_AMOUNTS));
}

/**
 * One amount that Qonto rejects does not hold up the others. An amount whose read failed goes to the end of the list: one
 * that Qonto never answers ends the run that reaches it, and the next run begins with another amount.
 *
 * @throws QontoError where Qonto does not answer.
 */
async function readMethodsByAmount({ settings, qonto }: MerchantContext): Promise<void> {
  // Without any method at all, that none is listed for an amount says nothing about the amount.
  if ((settings.read("payment_methods") ?? []).length === 0) return;
  const now = Date.now();
  const all = settings.read("payment_methods_by_amount") ?? [];
  settings.write(
    "payment_methods_by_amount",
    all.filter(({ refusedAt }) => now - refusedAt <= FORGET_AMOUNT_AFTER_MS),
  );
  for (const { amount, readAt } of settings.read("payment_methods_by_amount") ?? []) {
    if (readAt !== null && now - readAt < READ_AMOUNT_AGAIN_AFTER_MS) continue;
    try {
      const enabled = namesOf(await qonto.listPaymentMethods(queryOf(amount)));
      // Read again: another refusal may have come meanwhile.
      const known = settings.read("payment_methods_by_amount") ?? [];
      settings.write(
        "payment_methods_by_amount",
        known.map((entry) => (isSameAmount(entry.amount, amount) ? { ...entry, enabled, readAt: Date.now() } : entry)),
      );
    } catch (fault) {
      if (!(fault instanceof QontoError)) throw fault;
      moveAmountToEnd(settings, amount);
      if (fault.kind !== "refused" && fault.kind !== "not_found") throw fault;
    }
  }
}

function moveAmountToEnd(settings: MerchantContext["settings"], amount: Money): void {
  const known = settings.read("payment_methods_by_amount") ?? [];
  const moved = known.filter((entry) => isSameAmount(entry.amount, amount));
  settings.write("payment_methods_by_amount", [...known.filter((entry) => !moved.includes(entry)), ...moved]);
}

function queryOf({ value, currency }: Money): ListPaymentMethodsQuery {
  return { amount: value, currency };
}

function namesOf(methods: readonly PaymentMethod[]): readonly string[] {
  return methods.filter((method) => method.enabled).map((method) => method.name);
}

/** Stores that the next `refreshConnection` reads the connection. */
export function connectionIsDue({ settings }: MerchantContext, at = Date.now()): void {
  settings.write("connection_due_at", at);
}
