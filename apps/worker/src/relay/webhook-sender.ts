import { WorkerEntrypoint } from "cloudflare:workers";
import type { DeliveryProblem } from "@qonto-pay/core/api";

/** A shop that has not answered by then has failed this attempt. */
const TIMEOUT_MS = 10_000;

/** What became of one attempt. `status` is null where there was no answer. */
export type AttemptOutcome =
  | { readonly problem: null; readonly status: number }
  | { readonly problem: Exclude<DeliveryProblem, "address">; readonly status: number | null };

/** One webhook to a shop, signed. */
export interface SignedWebhook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends a webhook to a shop, in an invocation of its own. A Durable Object has six connections for all that it does: from
 * there, six shops that don't answer would keep the merchant's object from asking Qonto.
 */
export class WebhookSender extends WorkerEntrypoint {
  /** One attempt: 10 seconds for an answer, of which only the status is read; redirects not followed. Never throws. */
  async send({ url, headers, body }: SignedWebhook): Promise<AttemptOutcome> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json", "User-Agent": "qonto-pay" },
        body,
        redirect: "manual",
        signal: abort.signal,
      });
      // The shop has answered: what becomes of the rest of its answer changes nothing.
      await response.body?.cancel().catch(() => undefined);
      return outcomeOf(response.status);
    } catch {
      return { problem: abort.signal.aborted ? "timeout" : "network", status: null };
    } finally {
      clearTimeout(timer);
    }
  }
}

function outcomeOf(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return { problem: null, status };
  return { problem: status >= 300 && status < 400 ? "redirect" : "status", status };
}
