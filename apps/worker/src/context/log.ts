import type { AuthorizationOutageReason, DiagnosticsErrorCause } from "@qonto-pay/core/api";
import { placeOf } from "../errors/api-error.ts";

/** What an operator reads of one request: one line of JSON, no secret, no text of a shopper's or of Qonto's. */
export interface RequestLine {
  readonly request_id: string;
  readonly method: string;
  /** The route's pattern, not the address: an address may hold a status token. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly code?: string;
  readonly reason?: string;
  readonly param?: string | undefined;
}

export function logRequest(line: RequestLine): void {
  const text = JSON.stringify(line);
  if (line.status >= 500) console.error(text);
  else console.log(text);
}

/** Money that no checkout knows of: a link that was about to be deactivated is paid. The merchant has to look at it. */
export function logUnmatchedPayment(merchant: string, linkId: string): void {
  const ids = { merchant, payment_link_id: linkId };
  console.error(JSON.stringify({ where: "deactivating a link", code: "unmatched_payment", ...ids }));
}

/** An event that a shop was never told of, although it was tried for about 3 days. */
export function logDeadLetter(merchant: string, endpointId: string, deliveryId: string): void {
  const ids = { merchant, webhook_endpoint_id: endpointId, delivery_id: deliveryId };
  console.error(JSON.stringify({ where: "relaying an event", code: "dead_letter", ...ids }));
}

/** A merchant was disconnected, and Qonto did not take the end of the consent: the merchant can withdraw it in Qonto's app. */
export function logConsentLeft(merchant: string): void {
  console.error(JSON.stringify({ where: "disconnecting a merchant", code: "consent_not_revoked", merchant }));
}

/** A shop answered that nothing is to be sent there any more. */
export function logGoneEndpoint(merchant: string, endpointId: string): void {
  const ids = { merchant, webhook_endpoint_id: endpointId };
  console.error(JSON.stringify({ where: "relaying an event", code: "webhook_endpoint_gone", ...ids }));
}

/**
 * A call to Qonto that failed. `trace_id` is what Qonto's support asks for.
 *
 * @param reason text of ours.
 */
export function logQontoError(merchant: string, operation: string, reason: string, traceId: string | undefined): void {
  const traced = traceId === undefined ? {} : { trace_id: traceId };
  console.warn(
    JSON.stringify({ where: "calling Qonto", code: "qonto_call_failed", merchant, operation, reason, ...traced }),
  );
}

const OUTAGE_CODES = {
  invalid_client: "qonto_client_rejected",
  invalid_response: "qonto_oauth_unreadable",
} as const satisfies Record<AuthorizationOutageReason, string>;

/**
 * Qonto's OAuth does not work for this deployment: every merchant is affected, within the hour that an access token lives.
 *
 * @param merchant that met it; null: it was the operator who asked.
 * @param reason text of ours, with what to check.
 */
export function logAuthorizationOutage(
  merchant: string | null,
  cause: AuthorizationOutageReason,
  reason: string,
): void {
  console.error(
    JSON.stringify({ where: "requesting a token", code: OUTAGE_CODES[cause], affects: "deployment", merchant, reason }),
  );
}

const ANSWER_CODES = {
  unreadable_answer: "qonto_api_unreadable",
  unknown_shape: "qonto_answer_changed",
} as const satisfies Record<DiagnosticsErrorCause, string>;

/**
 * An answer of Qonto's API that this version can't read, or that something else gave: very likely every merchant is affected.
 *
 * @param merchant that met it; null: it was the operator who asked.
 * @param reason text of ours.
 */
export function logUnreadableAnswer(merchant: string | null, cause: DiagnosticsErrorCause, reason: string): void {
  console.error(
    JSON.stringify({ where: "calling Qonto", code: ANSWER_CODES[cause], affects: "deployment", merchant, reason }),
  );
}

/** A fault of our own, outside of a request. */
export function logDefect(where: string, defect: unknown): void {
  console.error(JSON.stringify({ where, code: "internal_error", reason: placeOf(defect) }));
}
