import type { AuthorizationOutageReason, DiagnosticsErrorCause, MerchantEventFields } from "@qonto-pay/core/api";
import { placeOf } from "../errors/api-error.ts";

/** The log line of one request: one line of JSON, without secrets and without texts of shoppers or of Qonto. */
export interface RequestLine {
  readonly request_id: string;
  readonly method: string;
  /** The route's pattern, not the address, because an address may contain a status token. */
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

/** Logs an event that a shop did not receive in about 3 days of attempts. */
export function logDeadLetter(merchant: string, endpointId: string, deliveryId: string): void {
  const ids = { merchant, webhook_endpoint_id: endpointId, delivery_id: deliveryId };
  console.error(JSON.stringify({ where: "delivering a webhook", code: "dead_letter", ...ids }));
}

/** Logs that Qonto did not end the consent of a disconnected merchant. The merchant can end it in Qonto's app. */
export function logConsentLeft(merchant: string): void {
  console.error(JSON.stringify({ where: "disconnecting a merchant", code: "consent_not_revoked", merchant }));
}

/** Logs the beginning and the end of a flood of requests to open checkouts. */
export function logFlood(
  merchant: string,
  code: "flood_suspected" | "flood_ended",
  flood: MerchantEventFields["flood"],
): void {
  console.warn(JSON.stringify({ where: "opening checkouts", code, merchant, ...flood }));
}

/** Logs that a merchant's storage has reached a percentage of its limit. */
export function logStorage(merchant: string, storage: MerchantEventFields["storage"]): void {
  console.error(JSON.stringify({ where: "storing data", code: "storage_almost_full", merchant, ...storage }));
}

/** Logs that a shop answered 410, so that nothing more is sent to the endpoint. */
export function logGoneEndpoint(merchant: string, endpointId: string): void {
  const ids = { merchant, webhook_endpoint_id: endpointId };
  console.error(JSON.stringify({ where: "delivering a webhook", code: "webhook_endpoint_gone", ...ids }));
}

/**
 * Logs a failed call to Qonto. `trace_id` is the id that Qonto's support asks for.
 *
 * @param reason our own text.
 */
export function logQontoError(merchant: string, operation: string, reason: string, traceId: string | undefined): void {
  const traced = traceId === undefined ? {} : { trace_id: traceId };
  console.warn(
    JSON.stringify({ where: "calling Qonto", code: "qonto_call_failed", merchant, operation, reason, ...traced }),
  );
}

/**
 * Logs that the runtime ended an invocation of `QontoSender`, or did not begin it. Qonto may have executed the call.
 *
 * @param error the runtime's own: the entry point throws none.
 */
export function logSenderFailure(merchant: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : "a thrown value is not an Error";
  console.error(JSON.stringify({ where: "calling Qonto", code: "qonto_sender_failed", merchant, reason }));
}

const OUTAGE_CODES = {
  invalid_client: "qonto_client_rejected",
  invalid_response: "qonto_oauth_unreadable",
} as const satisfies Record<AuthorizationOutageReason, string>;

/**
 * Logs that Qonto's OAuth does not work for this deployment. It affects every merchant within the lifetime of an access
 * token, one hour.
 *
 * @param merchant the merchant whose call failed; null: the operator's check failed.
 * @param reason our own text, with what to check.
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
 * Logs an answer that this version can't read, or that a server other than Qonto's API gave. It very likely affects
 * every merchant.
 *
 * @param merchant the merchant whose call failed; null: the operator's check failed.
 * @param reason our own text.
 */
export function logUnreadableAnswer(merchant: string | null, cause: DiagnosticsErrorCause, reason: string): void {
  console.error(
    JSON.stringify({ where: "calling Qonto", code: ANSWER_CODES[cause], affects: "deployment", merchant, reason }),
  );
}

/** Logs how many checkouts were deleted because the time for which they are kept is over. */
export function logExpiredData(
  merchant: string,
  deleted: { readonly without_link: number; readonly unpaid: number; readonly paid: number },
): void {
  console.log(JSON.stringify({ where: "deleting expired data", code: "checkouts_deleted", merchant, ...deleted }));
}

/** Logs that data of a person were erased. The line names no person and no order. */
export function logErasure(
  merchant: string,
  erased: { readonly deleted: number; readonly pseudonymized: number; readonly payments: number },
): void {
  console.log(JSON.stringify({ where: "erasing a person's data", code: "data_erased", merchant, ...erased }));
}

/** Logs a defect of our own outside of a request. */
export function logDefect(where: string, defect: unknown): void {
  console.error(JSON.stringify({ where, code: "internal_error", reason: placeOf(defect) }));
}
