import { isLoopbackHost, type ParsedKey, parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";

/** Options of the connection to the Worker. */
export interface WorkerOptions {
  /** The Worker's origin, such as `https://pay.shop.example`. Plain http is accepted for a loopback host only. */
  readonly endpoint: string;
  /** Replaces the global `fetch`, for a proxy, a Worker's service binding or a test. Must honour `signal`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Timeout of one attempt in milliseconds, including the response body; 10,000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Maximum number of retries after the first attempt; 2 by default. */
  readonly maxRetries?: number | undefined;
}

/** The validated options, with their defaults. */
export interface Settings {
  /** A secret key or an admin key. */
  readonly key: string;
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

/** `AbortSignal.timeout` uses `setTimeout`, which overflows above this value. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Validates the options and fills in the defaults.
 *
 * @param key a validated key.
 * @throws TypeError that names the option and never contains the key.
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
    throw new TypeError("`endpoint` must be an https address: over http, others on the network could read the key.");
  }
  return url.origin;
}

function requireWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new TypeError(`\`${name}\` must be a whole number from ${min} to ${max}.`);
}

/** Parses a secret key. @throws TypeError for any other value; its message never contains that value. */
export function requireSecretKey(secretKey: string): ParsedKey {
  const parsed = parseSecretKey(secretKey);
  if (parsed !== null) return parsed;
  throw new TypeError(problemOf(secretKey));
}

/** Rejects whitespace instead of trimming it: other programs may use the stored key as it is, so fix it there. */
function problemOf(text: string): string {
  const [, word = ""] = /^\s*(\S+)\s*$/.exec(text) ?? [];
  if (parseSecretKey(word) !== null) {
    return "`secretKey` has a space or a newline around it, such as from a file. Trim it.";
  }
  return parsePublishableKey(text) === null
    ? "`secretKey` must be a secret key, sk_{sandbox|live}_{merchant}_{random}."
    : "`secretKey` is a publishable key, which is for pages. A server needs the secret key, sk_….";
}

/** @throws TypeError for a value that can't be an admin key; its message never contains that value. */
export function requireAdminKey(adminKey: string): void {
  if (parseSecretKey(adminKey) !== null || parsePublishableKey(adminKey) !== null) {
    throw new TypeError("`adminKey` is the key of a merchant. It must be the `ADMIN_KEY` of the deployment.");
  }
  // A header can carry these characters unchanged: fetch would trim or reject others.
  if (/^[!-~][ -~]{30,}[!-~]$/.test(adminKey)) return;
  throw new TypeError("`adminKey` must be the `ADMIN_KEY` of the deployment, 32 characters of ASCII or more.");
}
