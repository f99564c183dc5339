/** An answer of Qonto, reduced to the parts that the probes use. */
export interface Answer {
  readonly status: number;
  readonly kind: "json" | "html" | "text" | "empty";
  /** Parsed if it is JSON; undefined otherwise. */
  readonly body: unknown;
  readonly retryAfter: string | null;
  readonly challenge: string | null;
}

/** Reads an answer. A body over a megabyte is cut off. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = (await response.text()).slice(0, 1_000_000);
  const { status, headers } = response;
  const body = parse(text);
  const isHtml = headers.get("Content-Type")?.includes("html") ?? false;
  const kind = text === "" ? "empty" : body !== undefined ? "json" : isHtml ? "html" : "text";
  return { status, kind, body, retryAfter: headers.get("Retry-After"), challenge: headers.get("WWW-Authenticate") };
}

/**
 * Returns status, kind of body and error codes: `400 json invalid`. Safe to report, because it contains no text of
 * Qonto.
 */
export function summaryOf({ status, kind, body }: Answer): string {
  return [String(status), kind, ...errorCodes(body)].join(" ");
}

/** Returns the error codes from any of Qonto's error shapes. */
export function errorCodes(body: unknown): readonly string[] {
  const { errors, code, error } = recordOf(body);
  const found = Array.isArray(errors) ? errors.map((one) => recordOf(one)["code"]) : [code ?? error];
  return found.filter((one) => one !== undefined).map((one) => wordOf(one));
}

/** Returns the error shape: `errors+trace_id`, `bare`, `oauth`, `none`. */
export function errorShape(body: unknown): string {
  const record = recordOf(body);
  const shape = Array.isArray(record["errors"])
    ? "errors"
    : "code" in record
      ? "bare"
      : "error" in record
        ? "oauth"
        : "none";
  return "trace_id" in record ? `${shape}+trace_id` : shape;
}

/** Returns an object's field names, sorted. Leaves out a name that is no plain word, because it may be data. */
export function fieldsOf(value: unknown): string {
  return Object.keys(recordOf(value))
    .filter((name) => /^[a-z][a-z0-9_]{0,39}$/.test(name))
    .toSorted()
    .join(" ");
}

/** Returns one of Qonto's own words, such as a status. Returns `other` for anything that looks like data. */
export function wordOf(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (value === undefined) return "absent";
  return typeof value === "string" && /^[a-zA-Z][a-zA-Z0-9_./:-]{0,59}$/.test(value) ? value : "other";
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
