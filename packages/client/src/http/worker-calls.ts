import type { Settings } from "../settings.ts";
import { exchange, type Method, type Request } from "./exchange.ts";
import { pathOf } from "./path-of.ts";
import { queryText } from "./query-text.ts";
import { waitBeforeRepeating } from "./wait-before-repeating.ts";

type ChangingMethod = Exclude<Method, "GET">;

/** What may be said of a call that changes something. */
export interface MutationOptions {
  /**
   * The same key for the same intent, 8 to 255 printable ASCII characters. Repeating a call with its key within 24 hours
   * is idempotent. By default a random key, which covers the retries of this call.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Makes the calls of whoever holds a key, and repeats those that failed by something that passes. */
export class WorkerCalls {
  // Private by language, so that the key is in no log of whoever prints the client.
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * A call that only reads.
   *
   * @param segments of its path, below `/v1`.
   * @throws TypeError for an id that can't be one, as `change`.
   */
  async read<Answer>(segments: readonly string[], query: object = {}): Promise<Answer> {
    const path = `${pathOf(segments)}${queryText(query)}`;
    return this.#repeat({ method: "GET", path, headers: this.#headers(), body: null });
  }

  /**
   * A call that changes something, under one `Idempotency-Key` for all of its attempts.
   *
   * @throws TypeError for a malformed `idempotencyKey`.
   */
  async change<Answer>(
    method: ChangingMethod,
    segments: readonly string[],
    body: unknown,
    { idempotencyKey = crypto.randomUUID() }: MutationOptions = {},
  ): Promise<Answer> {
    // HTTP removes spaces at both ends of a header.
    if (!/^[\x21-\x7e][\x20-\x7e]{6,253}[\x21-\x7e]$/.test(idempotencyKey)) {
      throw new TypeError(
        "`idempotencyKey` must be 8 to 255 printable ASCII characters, without a space at either end.",
      );
    }
    const path = pathOf(segments);
    const headers = { ...this.#headers(), "Idempotency-Key": idempotencyKey };
    if (body === undefined) return this.#repeat({ method, path, headers, body: null });
    const ofJson = { ...headers, "Content-Type": "application/json" };
    return this.#repeat({ method, path, headers: ofJson, body: JSON.stringify(body) });
  }

  #headers() {
    return { Accept: "application/json", Authorization: `Bearer ${this.#settings.key}` };
  }

  async #repeat<Answer>(request: Request): Promise<Answer> {
    for (let repeats = 0; ; repeats += 1) {
      try {
        return (await exchange(request, this.#settings)) as Answer;
      } catch (error) {
        const wait = repeats < this.#settings.maxRetries ? waitBeforeRepeating(error, repeats) : null;
        if (wait === null) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}
