import type { MerchantEvent, ShopWebhook } from "@qonto-pay/core/api";
import { fromBase64, toBase64 } from "@qonto-pay/web/base64";
import { isSameSecret } from "@qonto-pay/web/constant-time";
import { hmacSha256 } from "@qonto-pay/web/hmac";

export interface VerifyWebhookOptions {
  /** The current time by default. */
  readonly now?: Date | undefined;
  /** Maximum difference between the signature's timestamp and `now`, in seconds; 300 by default. */
  readonly toleranceSeconds?: number | undefined;
}

/**
 * Verifies a webhook of the Worker (Standard Webhooks) and parses it. The Worker retries until the shop answers 2xx, so
 * the same webhook may come twice: deduplicate by the event's `id`.
 *
 * @param body the raw body, exactly as received.
 * @param secrets `whsec_…` of the endpoint; several while one replaces another.
 * @returns the event as `GET /v1/events` returns it, so that one handler serves both.
 * @throws WebhookVerificationError if the webhook must not be trusted.
 * @throws TypeError if `body` or `headers` has the wrong type.
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { now = new Date(), toleranceSeconds = 300 }: VerifyWebhookOptions = {},
): Promise<MerchantEvent> {
  if (typeof body !== "string" && !(body instanceof Uint8Array)) {
    throw new TypeError("`body` must be the raw body, as a string or bytes: a parsed body can't be verified.");
  }
  const keys = keysOf(secrets);
  const signed = readHeaders(headers);
  const text = typeof body === "string" ? body : new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
  requireRecent(signed.timestamp, now.getTime() / 1000, toleranceSeconds);
  await requireSignature(signed, bytesOf(body), keys);
  return readEvent(text);
}

/**
 * Checks the secret of a webhook endpoint, so that a server can report a missing or malformed one when it starts.
 *
 * @param secrets `whsec_…` of the endpoint, or several while one replaces another, as for `verifyWebhook`.
 * @throws WebhookVerificationError `malformed_secret`; its message does not contain the secret.
 */
export function requireWebhookSecret(secrets: string | readonly string[]): void {
  keysOf(secrets);
}

/**
 * @throws WebhookVerificationError `malformed_secret`, even for an empty list, with which nothing could be verified.
 */
function keysOf(secrets: string | readonly string[]): readonly Uint8Array<ArrayBuffer>[] {
  const keys = [secrets].flat().map((secret) => fromBase64(/^whsec_(.+)$/.exec(secret)?.[1] ?? ""));
  const found = keys.filter((key) => key !== null && key.length > 0) as readonly Uint8Array<ArrayBuffer>[];
  if (found.length > 0 && found.length === keys.length) return found;
  throw new WebhookVerificationError("malformed_secret", "Each secret must be `whsec_` followed by base64.");
}

function requireRecent(timestamp: number, now: number, tolerance: number): void {
  const age = now - timestamp;
  // Written so that NaN fails.
  if (age >= -tolerance && age <= tolerance) return;
  throw age > 0
    ? new WebhookVerificationError("too_old", "The webhook's timestamp is too old.")
    : new WebhookVerificationError("too_new", "The webhook's timestamp is in the future.");
}

async function requireSignature(
  { id, timestamp, signatures }: SignedHeaders,
  body: Uint8Array,
  keys: readonly Uint8Array<ArrayBuffer>[],
): Promise<void> {
  const head = bytesOf(`${id}.${timestamp}.`);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  for (const key of keys) {
    const expected = `v1,${toBase64(await hmacSha256(key, message))}`;
    if (signatures.some((signature) => isSameSecret(signature, expected))) return;
  }
  throw new WebhookVerificationError("wrong_signature", "No signature matches any of the secrets.");
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

/**
 * Parses the body of a verified webhook. A later version of the Worker may send a `type` that this version does not
 * know.
 *
 * @throws WebhookVerificationError `malformed_body`.
 */
function readEvent(text: string): MerchantEvent {
  const { id, type, timestamp, data } = fieldsOf(text);
  if (typeof id !== "string" || typeof type !== "string" || typeof timestamp !== "string" || Object(data) !== data) {
    throw malformed();
  }
  return { id, type, created_at: timestamp, data } as MerchantEvent;
}

function fieldsOf(text: string): Partial<Record<keyof ShopWebhook, unknown>> {
  try {
    return Object(JSON.parse(text)) as Partial<Record<keyof ShopWebhook, unknown>>;
  } catch {
    throw malformed();
  }
}

function malformed(): WebhookVerificationError {
  return new WebhookVerificationError("malformed_body", "The body does not have the shape of the Worker's webhooks.");
}

/** The value of a header in servers and frameworks. A list has one entry for each time that the header was sent. */
export type HeaderValue = string | readonly string[] | null | undefined;

/** Headers that can only be read by name. */
export interface HeaderLookup {
  get(name: string): HeaderValue;
}

/**
 * Headers of a server or framework, with names in any case: a `Headers`, a `Map`, Node's `request.headers`, any record
 * of strings or lists (Express, Fastify, Koa, Nest, AWS Lambda), or an object that only has `get`.
 */
export type WebhookHeaders =
  | Iterable<readonly [string, HeaderValue]>
  | HeaderLookup
  | Readonly<Record<string, HeaderValue>>;

/** The headers of Standard Webhooks. */
interface SignedHeaders {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly signatures: readonly string[];
}

const NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
type Name = (typeof NAMES)[number];

/** @throws WebhookVerificationError `missing_header`, `malformed_header`. @throws TypeError for another type. */
function readHeaders(headers: WebhookHeaders): SignedHeaders {
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError("`headers` must be the headers of the request: a Headers, a Map, or an object.");
  }
  const values = valuesOf(headers);
  return {
    // The signed text joins id and timestamp with a dot, so an id with a dot would be ambiguous.
    id: headerOf(values, "webhook-id", /^[^.]{1,255}$/),
    timestamp: Number(headerOf(values, "webhook-timestamp", /^\d{1,12}$/)),
    signatures: headerOf(values, "webhook-signature", /^\S+( \S+)*$/).split(" "),
  };
}

/** Returns all values of each header, by name in lower case. */
function valuesOf(headers: WebhookHeaders): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, readonly unknown[]>();
  for (const [name, value] of entriesOf(headers)) {
    const key = name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), ...[value].flat()]);
  }
  return found;
}

function entriesOf(headers: WebhookHeaders): Iterable<readonly [string, HeaderValue]> {
  if (isIterable(headers)) return headers;
  return isLookup(headers) ? NAMES.map((name) => [name, headers.get(name)] as const) : Object.entries(headers);
}

function isIterable(headers: WebhookHeaders): headers is Iterable<readonly [string, HeaderValue]> {
  return Symbol.iterator in headers;
}

/** Checks the type of `get`, because a record can have a header with this name. */
function isLookup(headers: HeaderLookup | Readonly<Record<string, HeaderValue>>): headers is HeaderLookup {
  return typeof headers["get"] === "function";
}

function headerOf(values: ReadonlyMap<string, readonly unknown[]>, name: Name, form: RegExp): string {
  const sent = (values.get(name) ?? []).filter((value) => value != null);
  const [text] = sent;
  if (text === undefined) throw new WebhookVerificationError("missing_header", `The header ${name} is missing.`);
  if (sent.length === 1 && typeof text === "string" && form.test(text)) return text;
  throw new WebhookVerificationError("malformed_header", `The header ${name} is malformed.`);
}

/**
 * The reason why a webhook was not verified. `malformed_secret` is an error in the receiver's configuration. All others
 * come from the sender, or from an intermediary that changed the body.
 */
export type WebhookVerificationCode =
  | "malformed_secret"
  | "missing_header"
  | "malformed_header"
  | "too_old"
  | "too_new"
  | "wrong_signature"
  | "malformed_body";

/** A webhook could not be verified. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
  readonly code: WebhookVerificationCode;

  constructor(code: WebhookVerificationCode, message: string) {
    super(message);
    this.code = code;
  }
}
