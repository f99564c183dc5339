import type { ApiErrorCode, ExportRecord, PageQuery } from "@qonto-pay/core/api";
import { backoff } from "@qonto-pay/web/backoff";
import type { Settings } from "./client-options.ts";
import { errorOfAnswer, QontoPayConnectionError, QontoPayError, unexpectedAnswer } from "./errors.ts";
import { readLines } from "./line-stream.ts";
import { cursorList, type ListPromise } from "./pagination.ts";

type ChangingMethod = Exclude<Method, "GET">;

/** Options of a call that changes something. */
export interface MutationOptions {
  /**
   * Identifies the request, 8 to 255 printable ASCII characters. Repeating a call with its key within 24 hours is
   * idempotent. By default a random key, which covers the retries of this call.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Makes calls to the Worker with one key, and retries after temporary errors. */
export class WorkerCalls {
  // A private field of the language, so that a log that prints the client does not contain the key.
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /**
   * Makes a call that only reads.
   *
   * @param segments of the path, below `/v1`.
   * @throws TypeError for an invalid id in `segments`.
   */
  async read<Answer>(segments: readonly string[], query: object = {}): Promise<Answer> {
    const path = `${pathOf(segments)}${queryText(query)}`;
    return this.#repeat({ method: "GET", path, headers: this.#headers(), body: null });
  }

  /**
   * Reads an export. Continues where the Worker ends a long response.
   *
   * @param after the cursor of a record; undefined for the beginning.
   * @throws QontoPayConnectionError if a response adds no record, so that no part of an export looks like a whole one.
   */
  async *exportAfter(after: string | undefined): AsyncGenerator<ExportRecord, void, undefined> {
    for (let last = after; ; ) {
      const before = last;
      const path = `${pathOf(["export"])}${queryText({ after: last })}`;
      for await (const line of readLines(path, this.#headers(), this.#settings)) {
        const record = JSON.parse(line) as ExportRecord;
        if (record.type === "end") return;
        last = record.cursor;
        yield record;
      }
      if (last === before) throw new QontoPayConnectionError("network", "The export ended before its last line.");
    }
  }

  /** Creates a list. Copies the query, because the requests are sent later. */
  list<Item extends { readonly id: string }>(segments: readonly string[], query: PageQuery = {}): ListPromise<Item> {
    const copy = structuredClone(query);
    return cursorList(copy.after, (after) => this.read(segments, { ...copy, after }));
  }

  /**
   * Makes a call that changes something, with one `Idempotency-Key` for all of its attempts.
   *
   * @throws TypeError for a malformed `idempotencyKey` or an invalid id in `segments`.
   */
  async change<Answer>(
    method: ChangingMethod,
    segments: readonly string[],
    body: unknown,
    { idempotencyKey = crypto.randomUUID() }: MutationOptions = {},
  ): Promise<Answer> {
    // HTTP trims spaces at both ends of a header.
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
 * Builds the path of a call. Encodes each segment, so that an id can't change the path.
 *
 * @throws TypeError for an id that would lead to another address: an empty one, "." or "..".
 */
function pathOf(segments: readonly string[]): string {
  return `/v1/${segments.map(segmentOf).join("/")}`;
}

function segmentOf(id: string): string {
  if (typeof id === "string" && !["", ".", ".."].includes(id)) return encodeURIComponent(id);
  throw new TypeError('An id must be a string other than `""`, `.` and `..`.');
}

/**
 * A value of a query parameter. A list is sent in Qonto's format, `status[]=open&status[]=paid`; a map with its keys,
 * `metadata[cart]=c-17`.
 */
type QueryValue = string | number | readonly string[] | Readonly<Record<string, string>> | undefined;

/** Serializes a query with its question mark; returns "" for an empty one. */
function queryText(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (Array.isArray(value)) for (const one of value as readonly string[]) parameters.append(`${name}[]`, one);
    else if (typeof value === "object")
      for (const [key, one] of Object.entries(value)) parameters.append(`${name}[${key}]`, one);
    else if (value !== undefined) parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

/** Temporary errors. A retry after any other 5xx of the Worker would fail in the same way. */
const PASSING_CODES: readonly string[] = [
  "overloaded",
  "qonto_rate_limited",
  "qonto_unavailable",
] satisfies readonly ApiErrorCode[];

const FIRST_WAIT_MS = 250;

/** If the wait would be longer, the call rejects at once. */
const LONGEST_WAIT_S = 60;

/**
 * Returns the wait before the next retry: it doubles each time, lasts at least as long as `Retry-After`, and has random
 * jitter.
 *
 * @param repeats number of retries so far.
 * @returns milliseconds; null if the error is not temporary or the wait would be too long.
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
  // A proxy before the Worker, or a code that this version does not know.
  return error.status >= 500 && (error.code === "unexpected_answer" || error.retryAfter !== undefined);
}

type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

/** One call, identical for each attempt. */
interface Request {
  readonly method: Method;
  /** Path from `/v1/` on, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; null for no body. */
  readonly body: string | null;
}

/**
 * Sends a request once.
 *
 * @returns the parsed body of a 2xx response; undefined for 204.
 * @throws QontoPayError for any other response, QontoPayConnectionError for none.
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
    // The Worker never redirects. If another server does, it must not receive the key.
    const init = { method, headers, body, signal, redirect: "manual" } as const;
    const response = await fetch(`${origin}${path}`, init);
    return { response, text: await response.text() };
  } catch (error) {
    // The thrown error may contain the request with its key, so only the system's error code is kept.
    throw signal.aborted
      ? new QontoPayConnectionError("timeout", `${origin} did not answer within ${timeoutMs} ms.`)
      : new QontoPayConnectionError("network", `The connection to ${origin} failed${systemCodeOf(error)}.`);
  }
}

/** Returns the system's error code as " (ECONNREFUSED)"; "" if the runtime gives none. */
function systemCodeOf(error: unknown): string {
  const { cause } = Object(error) as { cause?: unknown };
  const { code } = Object(cause ?? error) as { code?: unknown };
  return typeof code === "string" && /^[A-Z][A-Z_]{2,39}$/.test(code) ? ` (${code})` : "";
}
