import { isSameAmount, type Money } from "@qonto-pay/core/money";
import type { ListPaymentMethodsQuery, PaymentLinkConnection, PaymentMethod } from "@qonto-pay/core/qonto";
import { encryptLocation, storeLocation, withKnownLocation } from "./connection-location.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { KnownConnection } from "../storage/settings.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The polling interval. Since the Worker also polls, a lost webhook only causes a delay. */
const READ_AGAIN_AFTER_MS = { enabled: DAY_MS, other: 10 * MINUTE_MS } as const;

/** The number of rejected amounts that are kept. Each costs a call a day. */
const MOST_AMOUNTS = 20;
const FORGET_AMOUNT_AFTER_MS = 30 * DAY_MS;

/**
 * Less than the day between two reads of the connection, so that rejecting one amount reads the methods for it alone.
 */
const READ_AMOUNT_AGAIN_AFTER_MS = DAY_MS / 2;

/** How long an amount without any method is rejected without a call. The merchant may have changed its limits since. */
const NO_METHOD_HOLDS_MS = 5 * MINUTE_MS;

/** Returns the time at which `refreshConnection` is due; null: never. */
export function connectionDueAt(merchant: MerchantContext): number | null {
  return merchant.settings.read("connection_due_at");
}

/**
 * Runs from the alarm. Reads again whether the merchant can take payments and with which methods, after an event
 * announced a change or the polling interval has passed. Never throws a `QontoError`.
 */
export async function refreshConnection(merchant: MerchantContext): Promise<void> {
  const dueAt = connectionDueAt(merchant);
  if (dueAt === null || dueAt > Date.now()) return;
  // Set before the calls, so that an event that arrives meanwhile can schedule another read.
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
    // The next consent schedules it again.
    if (fault.kind === "not_connected") merchant.settings.remove("connection_due_at");
  }
}

/** The state of the connection at Qonto. */
export type FoundConnection =
  | PaymentLinkConnection
  /** No connection was ever created. */
  | "none"
  /** The organization has no payment links to connect. */
  | "not_activated";

/** Reads the connection and, if it is enabled, the methods. @throws QontoError */
export async function readConnection(merchant: MerchantContext): Promise<FoundConnection> {
  const found = await storeFound(merchant, await findConnection(merchant));
  if (typeof found === "string" || found.status !== "enabled") return found;
  await readPaymentMethods(merchant);
  return found;
}

/**
 * Returns the connection at Qonto. Qonto answers 404 both before a connection exists and if the organization has no
 * payment links. Only the list of links distinguishes the two (field notes of 2026-11-29, 4.3).
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

/**
 * Whether the merchant's organization has payment links at all. To be called after an answer of 404.
 *
 * @throws QontoError
 */
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
 * Whether a stored connection takes no payments, so that Qonto would reject a link. For a status that this version does
 * not know, Qonto decides.
 */
export function takesNoPayments({ status }: KnownConnection): boolean {
  return status === null || status === "disabled" || status === "not_connected";
}

/** Stores the connection that was found. @returns it, with its location if Qonto ever returned that. */
export async function storeFound(merchant: MerchantContext, found: FoundConnection): Promise<FoundConnection> {
  const connection = typeof found === "object" ? found : null;
  const sealed = await encryptLocation(merchant, connection);
  // After a disconnect, nothing about the connection is stored.
  if (merchant.settings.read("sealed_tokens") !== null) {
    storeLocation(merchant, connection, sealed);
    recordFound(merchant, found);
  }
  return connection === null ? found : withKnownLocation(merchant, connection);
}

/** Stores the connection that was found. See `recordConnection`. */
export function recordFound(merchant: MerchantContext, found: FoundConnection): void {
  if (typeof found === "object") recordConnection(merchant, { status: found.status });
  else recordConnection(merchant, { status: null, ...(found === "none" ? {} : { isNotActivated: true }) });
}

/** Stores the state of the connection, and records `connection.changed` if the state has changed. */
function recordConnection(merchant: MerchantContext, connection: KnownConnection): void {
  const known = merchant.settings.read("connection") ?? NEVER_CONNECTED;
  merchant.settings.write("connection", connection);
  const { status, isNotActivated = false } = connection;
  if (known.status === status && (known.isNotActivated ?? false) === isNotActivated) return;
  const activated = !isNotActivated;
  recordEvent(merchant, "connection.changed", { connection: { status: status ?? "not_connected", activated } });
}

const NEVER_CONNECTED: KnownConnection = { status: null };

/** Reads and stores the methods that the merchant has enabled. @returns their names. @throws QontoError */
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
 * Returns the methods for an amount, as last read; null: use those for any amount. Null also replaces an empty list
 * that is some minutes old. Some methods have limits, so that Qonto may reject a link over a small or a large amount (a
 * guess; field notes of 2026-11-29, 7.3). After such a rejection, the alarm reads the methods for the amount, and again
 * whenever it reads the connection. No shopper waits for these reads.
 */
export function methodsForAmount({ settings }: MerchantContext, amount: Money | null): readonly string[] | null {
  if (amount === null) return null;
  const known = settings.read("payment_methods_by_amount") ?? [];
  const { enabled = null, readAt = null } = known.find((entry) => isSameAmount(entry.amount, amount)) ?? {};
  const isOld = readAt === null || Date.now() - readAt > NO_METHOD_HOLDS_MS;
  return enabled?.length === 0 && isOld ? null : enabled;
}

/**
 * Discards the methods of each amount, since they have changed. Until the next read, the methods for any amount are
 * used.
 */
export function forgetMethodsByAmount({ settings }: MerchantContext): void {
  const known = settings.read("payment_methods_by_amount") ?? [];
  if (known.length === 0) return;
  settings.write(
    "payment_methods_by_amount",
    known.map((entry) => ({ ...entry, enabled: null, readAt: null })),
  );
}

/** Records that Qonto rejected a link over this amount. The next read of the connection reads the methods for it. */
export function noteRefusedAmount({ settings }: MerchantContext, amount: Money): void {
  const known = settings.read("payment_methods_by_amount") ?? [];
  const before = known.find((entry) => isSameAmount(entry.amount, amount));
  const others = known.filter((entry) => entry !== before);
  const noted = { amount, enabled: before?.enabled ?? null, refusedAt: Date.now(), readAt: null };
  settings.write("payment_methods_by_amount", [noted, ...others].slice(0, MOST_AMOUNTS));
}

/**
 * Reads the methods for each rejected amount. An amount that Qonto rejects does not block the others. An amount whose
 * read failed moves to the end of the list: if Qonto does not answer it, the run ends, and the next run begins with
 * another.
 *
 * @throws QontoError if Qonto does not answer.
 */
async function readMethodsByAmount({ settings, qonto }: MerchantContext): Promise<void> {
  // If no method is enabled at all, an empty list for an amount shows nothing about the amount.
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
      // Read the settings again: another rejection may have been stored meanwhile.
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

/** Schedules the next `refreshConnection`. */
export function connectionIsDue({ settings }: MerchantContext, at = Date.now()): void {
  settings.write("connection_due_at", at);
}
