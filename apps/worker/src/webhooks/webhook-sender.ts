import { WorkerEntrypoint } from "cloudflare:workers";
import type { DeliveryProblem } from "@qonto-pay/core/api";

/** A shop that has not answered by then has failed this attempt. */
const TIMEOUT_MS = 10_000;

/** The result of one attempt. `status` is null if there was no answer. */
export type AttemptOutcome =
  | { readonly problem: null; readonly status: number }
  | { readonly problem: Exclude<DeliveryProblem, "address">; readonly status: number | null };

/** One signed webhook to a shop. */
export interface SignedWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends a webhook to a shop, in an invocation of its own. A Durable Object has six connections in total: six shops that
 * don't answer would block the calls of the merchant's object to Qonto.
 */
export class WebhookSender extends WorkerEntrypoint {
  /**
   * Makes one attempt: 10 seconds for an answer, of which only the status is read; redirects are not followed. Never
   * throws.
   */
  async send({ url, headers, body }: SignedWebhook): Promise<AttemptOutcome> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    const init = {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", "User-Agent": "qonto-pay" },
      body,
      redirect: "manual",
      signal: abort.signal,
    } as const;
    try {
      for (const address of addressesOf(url)) {
        const status = await statusOf(address, init);
        if (status !== null) return outcomeOf(status);
        if (abort.signal.aborted) break;
      }
      return { problem: abort.signal.aborted ? "timeout" : "network", status: null };
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Returns the addresses to try in turn. A shop on this machine listens on one of two loopback addresses (Node on `::1`,
 * PHP on `127.0.0.1`). The runtime resolves `localhost` to one of them, and names in `.localhost` to neither. Only a
 * local Worker has such endpoints.
 */
function addressesOf(url: string): readonly string[] {
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" || !/^(.+\.)?localhost$/.test(hostname)) return [url];
  const numbers = ["127.0.0.1", "[::1]"].map((number) => {
    const address = new URL(url);
    address.hostname = number;
    return address.href;
  });
  return hostname === "localhost" ? [url, ...numbers] : numbers;
}

/** Returns the status of the answer, or null if there is none. */
async function statusOf(url: string, init: RequestInit): Promise<number | null> {
  try {
    const response = await fetch(url, init);
    // The shop has answered: an error while the rest is discarded changes nothing.
    await response.body?.cancel().catch(() => undefined);
    return response.status;
  } catch {
    return null;
  }
}

function outcomeOf(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return { problem: null, status };
  return { problem: status >= 300 && status < 400 ? "redirect" : "status", status };
}
