/** What Qonto, or the way to it, may do instead of answering as documented. */
export interface Fault {
  /** As `POST /_sandbox/faults` takes it. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** What the Worker makes of it. */
  readonly kind: FaultKind;
  /** Qonto carries out what it was asked for all the same. */
  readonly isCarriedOut: boolean;
}

export type FaultKind =
  /** Qonto refuses: asking again changes nothing. */
  | "refusal"
  /** What was asked for is not there. */
  | "missing"
  /** The access token is refused. */
  | "unauthorized"
  /** Too many requests, and no word of how long to wait. */
  | "limited"
  /** Too many requests, and a time to wait that nobody wants to spend waiting. */
  | "limited_for_long"
  /** No usable answer, and soon. */
  | "lost"
  /** No answer for longer than anybody waits. */
  | "silence"
  /** A good answer with more in it than this version knows. */
  | "newer"
  /** A good answer over another amount. */
  | "amount";

/** No answer of the Worker may contain it: Qonto's texts stay inside. */
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

/** How long a fault lasts: for one call, or for all of them. */
export type Duration = "once" | "always";

/** How long each fault is made to last. Where nothing is asked again, both come to the same. */
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
