import type { ApiErrorCode } from "@qonto-pay/core/api";
import { type Caller, type Operation, takesIdempotencyKey } from "./operation.ts";

/** Errors of any call. */
const ALWAYS: readonly ApiErrorCode[] = ["internal_error", "misconfigured"];

/** Errors of a call with the session of the console. */
const OF_CONSOLE: readonly ApiErrorCode[] = ["invalid_console_session", "origin_not_allowed"];

const OF_SERVER: readonly ApiErrorCode[] = [
  ...OF_CONSOLE,
  "invalid_key",
  "key_environment_mismatch",
  "invalid_request",
  "overloaded",
  "rate_limited",
];

/** Errors of a call with the operator's session. */
const OF_OPERATOR: readonly ApiErrorCode[] = ["invalid_operator_session", "origin_not_allowed"];

/** Additional errors of calls to a merchant's object, by caller. */
const OF_CALLER: Readonly<Record<Caller, readonly ApiErrorCode[]>> = {
  server: OF_SERVER,
  shopper_or_server: OF_SERVER,
  admin: [...OF_OPERATOR, "invalid_key", "invalid_request", "overloaded", "rate_limited"],
  operator_browser: [...OF_OPERATOR, "invalid_request"],
  qonto: ["invalid_signature", "overloaded", "rate_limited"],
  console: [...OF_CONSOLE, "invalid_request", "overloaded"],
  merchant_browser: ["invalid_connect_session", "overloaded"],
  anyone: [],
};

/** Errors of reading a body. */
const OF_JSON: readonly ApiErrorCode[] = ["body_too_large", "invalid_json", "invalid_request"];
const OF_FORM: readonly ApiErrorCode[] = ["body_too_large", "invalid_request", "origin_not_allowed"];
const OF_SIGNED_BYTES: readonly ApiErrorCode[] = ["body_too_large", "invalid_request"];

/** Errors of calls to Qonto. */
export const OF_QONTO = [
  "merchant_not_connected",
  "qonto_rate_limited",
  "qonto_refused",
  "qonto_unavailable",
] as const satisfies readonly ApiErrorCode[];

/** Errors of creating a link. */
export const OF_MINTING = [
  ...OF_QONTO,
  "amount_mismatch",
  "amount_out_of_range",
  "checkout_not_open",
  "pay_url_not_allowed",
  "payment_method_not_enabled",
  "storage_full",
] as const satisfies readonly ApiErrorCode[];

/** Errors of creating a link for the merchant's own server, which receives the reason. */
export const OF_SERVER_MINTING = [
  ...OF_MINTING,
  "no_payment_methods",
  "payment_links_not_activated",
] as const satisfies readonly ApiErrorCode[];

/** Returns every error code of an operation once, sorted by name. */
export function documentedCodes(method: string, operation: Operation): readonly ApiErrorCode[] {
  const { caller, errors = [] } = operation;
  const ofRepeating: readonly ApiErrorCode[] = takesIdempotencyKey(method, operation) ? ["idempotency_key_reused"] : [];
  return [
    ...new Set([
      ...ALWAYS,
      ...OF_CALLER[caller],
      ...codesOfRole(method, operation),
      ...codesOfBody(method, operation),
      ...ofRepeating,
      ...errors,
    ]),
  ].toSorted();
}

/** A viewer of the console may only read. */
function codesOfRole(method: string, { caller }: Operation): readonly ApiErrorCode[] {
  return method !== "GET" && (caller === "server" || caller === "shopper_or_server") ? ["owner_required"] : [];
}

/** The callers of JSON. */
const READS_BODY: ReadonlySet<Caller> = new Set(["server", "admin", "console", "operator_browser"]);

/** A body is read also by operations that take none, to reject its fields by name. */
function codesOfBody(method: string, { caller, request }: Operation): readonly ApiErrorCode[] {
  if (request === undefined) {
    return method !== "GET" && READS_BODY.has(caller) ? OF_JSON : [];
  }
  if (request.isForm === true) return OF_FORM;
  return caller === "qonto" ? OF_SIGNED_BYTES : OF_JSON;
}
