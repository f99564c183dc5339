/** Behaviour of Qonto, or of the network, that differs from its documentation. */
export interface Fault {
  /** The fault for `POST /_sandbox/faults`. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** The kind of the Worker's reaction. */
  readonly kind: FaultKind;
  /** Whether Qonto executes the request anyway. */
  readonly isCarriedOut: boolean;
}

export type FaultKind =
  /** Qonto rejects the request. A retry changes nothing. */
  | "refusal"
  /** The requested object does not exist. */
  | "missing"
  /** Qonto rejects the access token. */
  | "unauthorized"
  /** Too many requests, without `Retry-After`. */
  | "limited"
  /** Too many requests, with a `Retry-After` that is too long for the caller. */
  | "limited_for_long"
  /** A quick, unusable answer. */
  | "lost"
  /** No answer for longer than any caller waits. */
  | "silence"
  /** A successful answer with unknown fields. */
  | "newer"
  /** A successful answer with another amount. */
  | "amount";

/** A text from Qonto that no answer of the Worker may contain. */
export const CANARY = "canary_of_qonto";

/** Seconds. */
export const RETRY_AFTER = 7;

export const FAULTS = {
  "HTTP 400": refusal(400, "refusal"),
  "HTTP 401": refusal(401, "unauthorized"),
  "HTTP 403": refusal(403, "refusal"),
  "HTTP 404": refusal(404, "missing"),
  "HTTP 429": refusal(429, "limited"),
  "HTTP 429 with Retry-After": {
    ...refusal(429, "limited_for_long"),
    asked: { status: 429, code: CANARY, headers: { "Retry-After": String(RETRY_AFTER) } },
  },
  "HTTP 500": refusal(500, "lost"),
  "HTTP 502": refusal(502, "lost"),
  HTML: distorted({ body: "html" }, "lost"),
  "malformed JSON": distorted({ body: "malformed_json" }, "lost"),
  "cut body": distorted({ body: "cut" }, "lost"),
  "reset before the effect": { asked: { drop: true }, kind: "lost", isCarriedOut: false },
  "reset after the effect": { asked: { drop: true, when: "after" }, kind: "lost", isCarriedOut: true },
  "10 s of silence": distorted({ delay_ms: 10_000 }, "silence"),
  "unknown enum": distorted({ unknown_enum: true }, "newer"),
  "extra fields": distorted({ extra_fields: true }, "newer"),
  "amount off by a cent": distorted({ amount_off_by: "0.01" }, "amount"),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** The duration of a fault: one call, or all calls. */
export type Duration = "once" | "always";

/** The durations of each fault. Both have the same outcome for an operation without retries. */
export function durationsOf(name: FaultName): readonly Duration[] {
  const { kind } = FAULTS[name];
  return kind === "lost" || kind === "unauthorized" || kind === "limited" ? ["once", "always"] : ["once"];
}

function refusal<Kind extends FaultKind>(status: number, kind: Kind) {
  return { asked: { status, code: CANARY }, kind, isCarriedOut: false };
}

function distorted<Kind extends FaultKind>(asked: Readonly<Record<string, unknown>>, kind: Kind) {
  return { asked, kind, isCarriedOut: true };
}
