import type { PaymentLinkConnection } from "@qonto-pay/core/qonto";
import type { Merchant } from "../merchant/merchant.ts";
import { recordEvent } from "../merchant/record-event.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Also while nobody connects, so that a webhook that was lost costs time and nothing else. */
const READ_AGAIN_AFTER_MS = { enabled: DAY_MS, other: 10 * MINUTE_MS } as const;

/** When `keepConnection` has something to do; null: it has not. */
export function connectionDueAt(merchant: Merchant): number | null {
  return merchant.settings.read("connection_due_at");
}

/**
 * From the alarm: reads anew whether the merchant can take payments, and by which methods, because an event said that it
 * changed or because that was a while ago. Never throws a `QontoFault`.
 */
export async function keepConnection(merchant: Merchant): Promise<void> {
  const dueAt = connectionDueAt(merchant);
  if (dueAt === null || dueAt > Date.now()) return;
  // Set before the calls: an event that comes in meanwhile has it read once more.
  const planned = Date.now() + READ_AGAIN_AFTER_MS.other;
  merchant.settings.write("connection_due_at", planned);
  try {
    const connection = await readConnection(merchant);
    if (connection?.status !== "enabled" || merchant.settings.read("connection_due_at") !== planned) return;
    merchant.settings.write("connection_due_at", Date.now() + READ_AGAIN_AFTER_MS.enabled);
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    // Connecting again is what has it read again.
    if (fault.kind === "not_connected") merchant.settings.remove("connection_due_at");
  }
}

/** Reads the connection and, where it is enabled, the methods. @returns null before there was one. @throws QontoFault */
export async function readConnection(merchant: Merchant): Promise<PaymentLinkConnection | null> {
  const connection = await findConnection(merchant);
  recordConnection(merchant, connection?.status ?? null);
  if (connection?.status === "enabled") await readPaymentMethods(merchant);
  return connection;
}

/** The connection at Qonto; null before there was ever one. @throws QontoFault */
export async function findConnection(merchant: Merchant): Promise<PaymentLinkConnection | null> {
  try {
    return await merchant.qonto.getConnection();
  } catch (fault) {
    if (fault instanceof QontoFault && fault.kind === "not_found") return null;
    throw fault;
  }
}

/** Keeps how the connection stands, and records `connection.changed` where that is new. */
export function recordConnection(merchant: Merchant, status: string | null): void {
  const known = merchant.settings.read("connection");
  merchant.settings.write("connection", { status });
  if (known !== null && known.status === status) return;
  if (known === null && status === null) return;
  recordEvent(merchant, "connection.changed", { connection: { status: status ?? "not_connected" } });
}

/** Reads which methods the merchant has enabled. @returns their names. @throws QontoFault */
export async function readPaymentMethods(merchant: Merchant): Promise<readonly string[]> {
  const methods = await merchant.qonto.listPaymentMethods();
  const enabled = methods.filter((method) => method.enabled).map((method) => method.name);
  merchant.settings.write("payment_methods", enabled);
  return enabled;
}

/** Has the connection read by the next alarm. */
export async function readConnectionSoon(merchant: Merchant): Promise<void> {
  const now = Date.now();
  merchant.settings.write("connection_due_at", now);
  await merchant.wakeBy(now);
}
