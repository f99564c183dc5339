import { isLoopbackHost, type ParsedKey, parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";

/** How to reach the Worker. */
export interface WorkerOptions {
  /** The Worker's origin, such as `https://pay.shop.example`; http on this very machine only. */
  readonly endpoint: string;
  /** Used in place of the global one: for a proxy, a Worker's service binding or a test. It has to honour `signal`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds that one attempt may take, its answer included; 10,000 where not given. */
  readonly timeoutMs?: number | undefined;
  /** How often a call is repeated at most, after its first attempt; 2 where not given. */
  readonly maxRetries?: number | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  /** What shows who calls, of whichever kind. */
  readonly key: string;
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

/** setTimeout, which `AbortSignal.timeout` is made of, overflows above. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * @param key in the form of its kind.
 * @throws TypeError that names the option, and never holds the key.
 */
export function readSettings(key: string, options: WorkerOptions): Settings {
  const { endpoint, timeoutMs = 10_000, maxRetries = 2 } = options;
  requireWhole("timeoutMs", timeoutMs, 1, LONGEST_TIMEOUT_MS);
  requireWhole("maxRetries", maxRetries, 0, 10);
  return {
    key,
    origin: originOf(endpoint),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeoutMs,
    maxRetries,
  };
}

function originOf(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || url.href !== `${url.origin}/`) {
    throw new TypeError("`endpoint` must be the Worker's address without a path, such as https://pay.shop.example.");
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackHost(url.hostname))) {
    throw new TypeError("`endpoint` must be an https address: http would show the key to everybody on the way.");
  }
  return url.origin;
}

function requireWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new TypeError(`\`${name}\` must be a whole number from ${min} to ${max}.`);
}

/** What a secret key says of itself. @throws TypeError for anything else than one; its message never holds the text. */
export function requireSecretKey(secretKey: string): ParsedKey {
  const parsed = parseSecretKey(secretKey);
  if (parsed !== null) return parsed;
  throw new TypeError(problemOf(secretKey));
}

/** Refused rather than trimmed, so that the key is mended where it is kept: elsewhere it may sign or be sent as it is. */
function problemOf(text: string): string {
  const [, word = ""] = /^\s*(\S+)\s*$/.exec(text) ?? [];
  if (parseSecretKey(word) !== null) {
    return "`secretKey` has a space or a newline around it, as of a file that it was read from: trim it.";
  }
  return parsePublishableKey(text) === null
    ? "`secretKey` must be a secret key, sk_{sandbox|live}_{merchant}_{random}."
    : "`secretKey` is a publishable key, which belongs into the page. A server needs the secret key, sk_….";
}

/** @throws TypeError for what can't be a deployment's admin key; its message never holds the text. */
export function requireAdminKey(adminKey: string): void {
  if (parseSecretKey(adminKey) !== null || parsePublishableKey(adminKey) !== null) {
    throw new TypeError("`adminKey` is the key of a merchant. It must be the `ADMIN_KEY` of the deployment.");
  }
  // What a header can carry, from its first to its last character: fetch would cut or refuse the rest.
  if (/^[!-~][ -~]{30,}[!-~]$/.test(adminKey)) return;
  throw new TypeError("`adminKey` must be the `ADMIN_KEY` of the deployment, 32 characters of ASCII or more.");
}
