import type { ApiErrorCode, PageQuery } from "@qonto-pay/core/api";
import { backoff } from "@qonto-pay/web/backoff";
import type { Settings } from "./client-options.ts";
import { errorOfAnswer, QontoPayConnectionError, QontoPayError, unexpectedAnswer } from "./errors.ts";
import { cursorList, type ListPromise } from "./pagination.ts";

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

  /** A list of the Worker, with the query as it is now: the requests come later. */
  list<Item extends { readonly id: string }>(segments: readonly string[], query: PageQuery = {}): ListPromise<Item> {
    const asked = structuredClone(query);
    return cursorList(asked.after, (after) => this.read(segments, { ...asked, after }));
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

/**
 * The path of a call. Each segment stays one, whatever it holds.
 *
 * @throws TypeError for an id that would lead to another address: none, "." or "..".
 */
function pathOf(segments: readonly string[]): string {
  return `/v1/${segments.map(segmentOf).join("/")}`;
}

function segmentOf(id: string): string {
  if (typeof id === "string" && !["", ".", ".."].includes(id)) return encodeURIComponent(id);
  throw new TypeError("An id must be a text that is not empty.");
}

/**
 * A value of a query. A list is sent as Qonto has it, `status[]=open&status[]=paid`; a map with its keys,
 * `metadata[cart]=c-17`.
 */
type QueryValue = string | number | readonly string[] | Readonly<Record<string, string>> | undefined;

/** A query as the end of an address; empty where there is nothing to ask. */
function queryText(query: object): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (Array.isArray(value)) for (const one of value as readonly string[]) asked.append(`${name}[]`, one);
    else if (typeof value === "object")
      for (const [key, one] of Object.entries(value)) asked.append(`${name}[${key}]`, one);
    else if (value !== undefined) asked.append(name, String(value));
  }
  const text = asked.toString();
  return text === "" ? "" : `?${text}`;
}

/** What passes by itself. The Worker's other errors of status 5xx would be the same a moment later. */
const PASSING_CODES: readonly string[] = [
  "overloaded",
  "qonto_rate_limited",
  "qonto_unavailable",
] satisfies readonly ApiErrorCode[];

const FIRST_WAIT_MS = 250;

/** Who has to wait longer than this has to be told, and not to wait here. */
const LONGEST_WAIT_S = 60;

/**
 * How long to wait before a call is made again: twice as long each time, at least as long as `Retry-After` says, and
 * never as long as anybody else waits.
 *
 * @param repeats how often it was repeated already.
 * @returns milliseconds; null where repeating is of no use.
 */
function waitBeforeRepeating(error: unknown, repeats: number): number | null {
  if (!isPassing(error)) return null;
  const seconds = error instanceof QontoPayError ? (error.retryAfter ?? 0) : 0;
  if (seconds > LONGEST_WAIT_S) return null;
  return (
    seconds * 1000 +
    backoff(repeats, { shortest: FIRST_WAIT_MS, longest: LONGEST_WAIT_S * 1000 }) * (0.5 + Math.random() / 2)
  );
}

function isPassing(error: unknown): boolean {
  if (error instanceof QontoPayConnectionError) return true;
  if (!(error instanceof QontoPayError)) return false;
  if (error.status === 429 || PASSING_CODES.includes(error.code)) return true;
  // Something between here and the Worker, such as a proxy; or a code that this version does not know.
  return error.status >= 500 && (error.code === "unexpected_answer" || error.retryAfter !== undefined);
}

type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

/** One call, as it is sent as often as needed. */
interface Request {
  readonly method: Method;
  /** With its query, from `/v1/` on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; null for none. */
  readonly body: string | null;
}

/**
 * Sends a request once.
 *
 * @returns the body of a good answer, undefined where it has none.
 * @throws QontoPayError for another answer, QontoPayConnectionError for none.
 */
async function exchange(request: Request, settings: Settings): Promise<unknown> {
  const { response, text } = await send(request, settings);
  if (!response.ok) throw errorOfAnswer(response, text);
  if (response.status === 204) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw unexpectedAnswer(response);
  }
}

async function send(
  { method, path, headers, body }: Request,
  { origin, fetch, timeoutMs }: Settings,
): Promise<{ readonly response: Response; readonly text: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // The Worker never redirects: whoever does must not be sent the key again.
    const init = { method, headers, body, signal, redirect: "manual" } as const;
    const response = await fetch(`${origin}${path}`, init);
    return { response, text: await response.text() };
  } catch (error) {
    // What was thrown may hold the request, and with it the key: nothing of it is kept but the system's own code.
    throw signal.aborted
      ? new QontoPayConnectionError("timeout", `${origin} did not answer within ${timeoutMs} ms.`)
      : new QontoPayConnectionError("network", `The connection to ${origin} failed${systemCodeOf(error)}.`);
  }
}

/** " (ECONNREFUSED)", where the runtime tells one. */
function systemCodeOf(error: unknown): string {
  const { cause } = Object(error) as { cause?: unknown };
  const { code } = Object(cause ?? error) as { code?: unknown };
  return typeof code === "string" && /^[A-Z][A-Z_]{2,39}$/.test(code) ? ` (${code})` : "";
}
