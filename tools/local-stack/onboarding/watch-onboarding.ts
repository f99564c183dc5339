import { setTimeout as pause } from "node:timers/promises";
import { RefusedCall, type WorkerApi } from "../merchants/worker-api.ts";

const POLL_MS = 500;

/** The message for each status of the connection to the payment provider. */
const STATUS_LINES: Readonly<Record<string, string>> = {
  not_connected: "Business details sent; the payment provider waits for the merchant",
  pending: "Connection pending: the payment provider has not finished yet",
  disabled: "Connection disabled: the payment provider rejected it",
  enabled: "Connection enabled",
};

/**
 * Waits until a merchant has connected Qonto, regardless of who takes the steps.
 *
 * @param merchant API client with a secret key.
 * @param say receives each completed step once.
 * @throws RefusedCall
 */
export async function untilConnected(merchant: WorkerApi, say: (step: string) => void): Promise<void> {
  // The connection can't be requested earlier: that is an error, which the Worker would log each time.
  while (!(await hasConsented(merchant))) await pause(POLL_MS);
  say("Authorized at Qonto");
  for (let known: string | null = null; known !== "enabled"; ) {
    const status = await connectionStatus(merchant);
    if (status !== known && status !== null) say(STATUS_LINES[status] ?? `Connection ${status}`);
    known = status;
    if (status !== "enabled") await pause(POLL_MS);
  }
}

/** Waits until a checkout is paid. @param merchant API client with a secret key. @throws RefusedCall */
export async function untilPaid(merchant: WorkerApi, checkoutId: string): Promise<void> {
  const status = async () => (await merchant.call<{ status: string }>("GET", `checkouts/${checkoutId}`)).status;
  while ((await status()) !== "paid") await pause(POLL_MS);
}

async function hasConsented(merchant: WorkerApi): Promise<boolean> {
  const { data: events } = await merchant.call<{ data: readonly { type: string }[] }>("GET", "events");
  return events.some(({ type }) => type === "authorization.granted");
}

/** Qonto's status value; null: there is none yet. */
async function connectionStatus(merchant: WorkerApi): Promise<string | null> {
  try {
    return (await merchant.call<{ status: string }>("GET", "connection")).status;
  } catch (refused) {
    if (refused instanceof RefusedCall && refused.code === "connection_not_found") return null;
    throw refused;
  }
}
