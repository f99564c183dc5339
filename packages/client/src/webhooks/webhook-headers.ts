import { WebhookVerificationError } from "./webhook-verification-error.ts";

/** Headers as any server has them: a `Headers`, a `Map`, or a record, their names in any case. */
export type WebhookHeaders =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What Standard Webhooks sends beside the body. */
export interface SignedHeaders {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly signatures: readonly string[];
}

/** @throws WebhookVerificationError `missing_header`, `malformed_header`. */
export function readHeaders(headers: WebhookHeaders): SignedHeaders {
  const given = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  const values = new Map(given.map(([name, value]) => [name.toLowerCase(), value]));
  return {
    // A dot would let the id run into the timestamp in what is signed.
    id: headerOf(values, "webhook-id", /^[^.]{1,255}$/),
    timestamp: Number(headerOf(values, "webhook-timestamp", /^\d{1,12}$/)),
    signatures: headerOf(values, "webhook-signature", /^\S+( \S+)*$/).split(" "),
  };
}

function headerOf(values: ReadonlyMap<string, unknown>, name: string, form: RegExp): string {
  const value = [values.get(name)].flat();
  const [text] = value;
  if (text === undefined) throw new WebhookVerificationError("missing_header", `The header ${name} is missing.`);
  if (value.length === 1 && typeof text === "string" && form.test(text)) return text;
  throw new WebhookVerificationError("malformed_header", `The header ${name} is malformed.`);
}
