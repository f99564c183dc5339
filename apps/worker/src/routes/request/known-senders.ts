import { ApiError } from "../../errors/api-error.ts";
import { requireWithinRate } from "./rate-limit.ts";
import type { RouteContext } from "./route-context.ts";

/** Bounds the memory of an isolate. */
const MOST_KNOWN = 10_000;

/**
 * The senders whose credential a merchant's object accepted: the hashes of secret keys and of sessions of the console,
 * and the addresses of signed webhooks. Only the object can verify such a credential, so other senders have the limits
 * of visitors: a flood with invented credentials must not keep the object busy. Each isolate of the Worker learns its
 * own.
 */
class KnownSenders {
  /** The one that was accepted longest ago comes first. */
  readonly #known = new Set<string>();

  /** Counts the request of a sender that is not known. @throws ApiError `rate_limited`. */
  async admit(sender: string, request: Request, context: RouteContext): Promise<void> {
    if (!this.#known.has(sender)) await requireWithinRate(request, "CREDENTIAL_RATE_LIMIT", context);
  }

  /** Calls the object, and remembers whether it accepted the credential. @throws ApiError of the call. */
  async noteResult<T>(sender: string, call: () => Promise<T>): Promise<T> {
    try {
      const answer = await call();
      this.#add(sender);
      return answer;
    } catch (error) {
      if (isRejection(error)) this.#known.delete(sender);
      throw error;
    }
  }

  #add(sender: string): void {
    this.#known.delete(sender);
    this.#known.add(sender);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}

export const knownSenders = new KnownSenders();

const REJECTIONS: readonly string[] = ["invalid_key", "invalid_console_session", "invalid_signature"];

function isRejection(error: unknown): boolean {
  return error instanceof ApiError && REJECTIONS.includes(error.code);
}
