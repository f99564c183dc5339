import type { QontoPayPluginOptions } from "./types.ts";

/** `setInterval` overflows above this value. */
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;

/**
 * Validates the options when the shop starts. The client, which is created at the same time, validates `secretKey` and
 * `endpoint`.
 *
 * @throws TypeError that names the option and never contains a secret.
 */
export function requireOptions(options: QontoPayPluginOptions): QontoPayPluginOptions {
  const { webhookSecret, referencePrefix = "", successUrl, cancelUrl, expiresIn, catchUpEveryMs } = options;
  requireSecrets(webhookSecret);
  if (typeof referencePrefix !== "string" || !/^[\x20-\x7e]{0,32}$/.test(referencePrefix)) {
    throw new TypeError("`referencePrefix` must be a string of at most 32 printable ASCII characters.");
  }
  requireFunction("successUrl", successUrl);
  requireFunction("cancelUrl", cancelUrl);
  requireWhole("expiresIn", expiresIn, 300, 2_592_000);
  requireWhole("catchUpEveryMs", catchUpEveryMs, 1000, LONGEST_INTERVAL_MS);
  return options;
}

function requireSecrets(webhookSecret: string | readonly string[]): void {
  const secrets = [webhookSecret].flat();
  if (secrets.length > 0 && secrets.every(isSecret)) return;
  throw new TypeError(
    "`webhookSecret` must be the secret of the webhook endpoint, `whsec_` followed by base64, or a list of secrets.",
  );
}

function isSecret(secret: unknown): boolean {
  const form = /^whsec_(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return typeof secret === "string" && form.test(secret);
}

function requireFunction(name: string, value: unknown): void {
  if (value === undefined || typeof value === "function") return;
  throw new TypeError(`\`${name}\` must be a function that takes an order's code and returns an address.`);
}

function requireWhole(name: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new TypeError(`\`${name}\` must be a whole number from ${min} to ${max}.`);
}
