import { setTimeout as pause } from "node:timers/promises";
import { RefusedCall, type WorkerApi } from "../merchants/worker-api.ts";

const POLL_MS = 500;

/** What is said of each status of the connection to the payment provider. */
const STATUS_LINES: Readonly<Record<string, string>> = {
  not_connected: "Business told; the payment provider waits for the merchant",
  pending: "Connection pending: the payment provider is not done yet",
  disabled: "Connection disabled: the payment provider refused",
  enabled: "Connection enabled",
};

/**
 * Waits until a merchant has connected Qonto, whoever takes the steps.
 *
 * @param merchant by secret key.
 * @param say is told of each step that was done, once.
 * @throws RefusedCall
 */
export async function untilConnected(merchant: WorkerApi, say: (step: string) => void): Promise<void> {
  // The connection can't be asked for before: that is a failure, which the Worker would log each time.
  while (!(await hasConsented(merchant))) await pause(POLL_MS);
  say("Consent given at Qonto");
  for (let known: string | null = null; known !== "enabled"; ) {
    const status = await connectionStatus(merchant);
    if (status !== known && status !== null) say(STATUS_LINES[status] ?? `Connection ${status}`);
    known = status;
    if (status !== "enabled") await pause(POLL_MS);
  }
}

/** Waits until a checkout is paid. @param merchant by secret key. @throws RefusedCall */
export async function untilPaid(merchant: WorkerApi, checkoutId: string): Promise<void> {
  const status = async () => (await merchant.call<{ status: string }>("GET", `checkouts/${checkoutId}`)).status;
  while ((await status()) !== "paid") await pause(POLL_MS);
}

async function hasConsented(merchant: WorkerApi): Promise<boolean> {
  const { data: events } = await merchant.call<{ data: readonly { type: string }[] }>("GET", "events");
  return events.some(({ type }) => type === "authorization.granted");
}

/** In Qonto's word; null: there is none yet. */
async function connectionStatus(merchant: WorkerApi): Promise<string | null> {
  try {
    return (await merchant.call<{ status: string }>("GET", "connection")).status;
  } catch (refused) {
    if (refused instanceof RefusedCall && refused.code === "connection_not_found") return null;
    throw refused;
  }
}
