import type { ApiErrorCode } from "@qonto-pay/core/api";
import { type Duration, FAULTS, type FaultKind, type FaultName, RETRY_AFTER } from "./faults.ts";
import { OPERATIONS, type OperationKind, type OperationName } from "./operations.ts";

/** The caller's result: success, or an error with this code. */
export type Answer = "works" | ApiErrorCode;

/** The outcome of one fault of a given duration. */
export interface Expected {
  /** The answer to the last of `requestsUnder`. */
  readonly answer: Answer;
  /** Seconds; null: the header is absent. */
  readonly retryAfter: number | null;
  /** The number of calls to Qonto for all of `requestsUnder`. */
  readonly calls: number;
  /** The answer to the same request after the fault. */
  readonly afterwards: Answer;
}

/** A token and the one that replaces it: the operation is answered 401 with both. */
const MOST_TOKENS = 2;

/** The number of refreshes that may be answered with 401 within an hour. */
const MOST_REFRESHES = 5;

/** `Retry-After` if Qonto sends none. */
const BUSY_SECONDS = 5;
const DOWN_SECONDS = 2;

const CALLS_UNTIL_GIVEN_UP: Readonly<Record<OperationKind, number>> = { read: 3, mint: 2, write: 1, refresh: 2 };

/** Returns the required outcome of an operation under a fault. */
export function expectedOf(operation: OperationName, fault: FaultName, duration: Duration): Expected {
  const rule = ruleOf(operation, FAULTS[fault].kind, duration);
  return { ...rule, afterwards: afterwardsOf(operation, fault, rule.answer) };
}

/** Returns the number of equal requests to the Worker. For endless answers of 401, it exceeds their limit. */
export function requestsUnder(fault: FaultName, duration: Duration): number {
  return FAULTS[fault].kind === "unauthorized" && duration === "always" ? MOST_REFRESHES + 1 : 1;
}

type Rule = Omit<Expected, "afterwards">;

function ruleOf(name: OperationName, fault: FaultKind, duration: Duration): Rule {
  const { kind, missing } = OPERATIONS[name];
  switch (fault) {
    case "refusal":
      return told("qonto_refused", 1);
    case "missing":
      return told(missing, 1);
    case "unauthorized":
      if (duration === "always") {
        return kind === "refresh" ? told("merchant_not_connected", MOST_REFRESHES) : told("qonto_refused", MOST_TOKENS);
      }
      // From the token endpoint, 401 means that it does not know this deployment's client.
      return kind === "refresh" ? told("qonto_refused", 1) : works(2);
    case "limited":
      if (kind === "read") return duration === "once" ? works(2) : told("qonto_rate_limited", 3, BUSY_SECONDS);
      return told("qonto_rate_limited", 1, BUSY_SECONDS);
    case "limited_for_long":
      return told("qonto_rate_limited", 1, RETRY_AFTER);
    case "lost":
      if (kind !== "write" && duration === "once") return works(2);
      return told("qonto_unavailable", CALLS_UNTIL_GIVEN_UP[kind], DOWN_SECONDS);
    case "silence":
      return told("qonto_unavailable", 1, DOWN_SECONDS);
    case "newer":
      return works(1);
    case "amount":
      return kind === "mint" ? told("amount_mismatch", 1) : works(1);
  }
}

/** A connection that was created stays, even if the answer was lost. All other requests can be repeated. */
function afterwardsOf(operation: OperationName, fault: FaultName, answer: Answer): Answer {
  const isMade = answer === "works" || FAULTS[fault].isCarriedOut;
  return operation === "connect" && isMade ? "multiple_connections_not_allowed" : "works";
}

function works(calls: number): Rule {
  return { answer: "works", retryAfter: null, calls };
}

function told(answer: ApiErrorCode, calls: number, retryAfter: number | null = null): Rule {
  return { answer, calls, retryAfter };
}
