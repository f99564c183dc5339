/** An answer of Qonto's, with as much of it as the probes look at. */
export interface Answer {
  readonly status: number;
  readonly kind: "json" | "html" | "text" | "empty";
  /** Parsed where it is JSON; undefined otherwise. */
  readonly body: unknown;
  readonly retryAfter: string | null;
  readonly challenge: string | null;
}

/** Reads an answer. A body over a megabyte is cut. */
export async function readAnswer(response: Response): Promise<Answer> {
  const text = (await response.text()).slice(0, 1_000_000);
  const { status, headers } = response;
  const body = parse(text);
  const isHtml = headers.get("Content-Type")?.includes("html") ?? false;
  const kind = text === "" ? "empty" : body !== undefined ? "json" : isHtml ? "html" : "text";
  return { status, kind, body, retryAfter: headers.get("Retry-After"), challenge: headers.get("WWW-Authenticate") };
}

/** Status, kind of body and error codes: `400 json invalid`. Safe to report: no text of Qonto's. */
export function summaryOf({ status, kind, body }: Answer): string {
  return [String(status), kind, ...errorCodes(body)].join(" ");
}

/** The error codes of any of Qonto's error shapes. */
export function errorCodes(body: unknown): readonly string[] {
  const { errors, code, error } = recordOf(body);
  const found = Array.isArray(errors) ? errors.map((one) => recordOf(one)["code"]) : [code ?? error];
  return found.filter((one) => one !== undefined).map((one) => wordOf(one));
}

/** Which error shape it is: `errors+trace_id`, `bare`, `oauth`, `none`. */
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

/** The names of an object's fields, sorted. A name that is no plain word is left out: it may be data. */
export function fieldsOf(value: unknown): string {
  return Object.keys(recordOf(value))
    .filter((name) => /^[a-z][a-z0-9_]{0,39}$/.test(name))
    .toSorted()
    .join(" ");
}

/** One of Qonto's own words, such as a status. Anything that looks like data is not passed on. */
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
