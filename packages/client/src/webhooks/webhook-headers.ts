import { WebhookVerificationError } from "./webhook-verification-error.ts";

/** The value of a header, as servers have it. A list has one entry for each time that the header was sent. */
export type HeaderValue = string | readonly string[] | null | undefined;

/** Headers that can only be read by name. */
export interface HeaderLookup {
  get(name: string): HeaderValue;
}

/**
 * Headers as servers and frameworks have them, their names in any case: a `Headers`, a `Map`, Node's `request.headers`, any
 * record of texts or lists (Express, Fastify, Koa, Nest, AWS Lambda), or an object that only has `get`.
 */
export type WebhookHeaders =
  | Iterable<readonly [string, HeaderValue]>
  | HeaderLookup
  | Readonly<Record<string, HeaderValue>>;

/** What Standard Webhooks sends beside the body. */
export interface SignedHeaders {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly signatures: readonly string[];
}

const NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
type Name = (typeof NAMES)[number];

/** @throws WebhookVerificationError `missing_header`, `malformed_header`. @throws TypeError for what can't be headers. */
export function readHeaders(headers: WebhookHeaders): SignedHeaders {
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError("`headers` must be the headers of the request: a Headers, a Map, or an object.");
  }
  const values = valuesOf(headers);
  return {
    // A dot would let the id run into the timestamp in what is signed.
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

/** A record can have a header named `get`, which is no function. */
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
