import type { ApiErrorCode } from "@qonto-pay/core/api";
import { type Caller, type Operation, takesIdempotencyKey } from "./operation.ts";

/** What any call may meet. */
const ALWAYS: readonly ApiErrorCode[] = ["internal_error", "misconfigured"];

/** What a call of a merchant's object may meet besides. */
const OF_CALLER: Readonly<Record<Caller, readonly ApiErrorCode[]>> = {
  server: ["invalid_key", "key_environment_mismatch", "invalid_request", "overloaded"],
  shopper_or_server: ["invalid_key", "key_environment_mismatch", "invalid_request", "overloaded", "rate_limited"],
  admin: ["invalid_key", "invalid_request", "overloaded"],
  qonto: ["invalid_signature", "overloaded"],
  merchant_browser: ["invalid_connect_session", "overloaded"],
  anyone: [],
};

/** What reading a body may end in. */
const OF_JSON: readonly ApiErrorCode[] = ["body_too_large", "invalid_json", "invalid_request"];
const OF_FORM: readonly ApiErrorCode[] = ["body_too_large", "invalid_request", "origin_not_allowed"];
const OF_SIGNED_BYTES: readonly ApiErrorCode[] = ["body_too_large", "invalid_request"];

/** What asking Qonto may end in. */
export const OF_QONTO = [
  "merchant_not_connected",
  "qonto_rate_limited",
  "qonto_refused",
  "qonto_unavailable",
] as const satisfies readonly ApiErrorCode[];

/** What making a link may end in. */
export const OF_MINTING = [
  ...OF_QONTO,
  "amount_mismatch",
  "amount_out_of_range",
  "checkout_not_open",
  "pay_url_not_allowed",
  "payment_method_not_enabled",
] as const satisfies readonly ApiErrorCode[];

/** What making a link may end in for the merchant's own server, which reads why none can be made. */
export const OF_SERVER_MINTING = [
  ...OF_MINTING,
  "no_payment_methods",
  "payment_links_not_activated",
] as const satisfies readonly ApiErrorCode[];

/** Every code that an operation can answer, each once, by name. */
export function documentedCodes(method: string, operation: Operation): readonly ApiErrorCode[] {
  const { caller, errors = [] } = operation;
  const ofRepeating: readonly ApiErrorCode[] = takesIdempotencyKey(method, operation) ? ["idempotency_key_reused"] : [];
  return [
    ...new Set([...ALWAYS, ...OF_CALLER[caller], ...codesOfBody(method, operation), ...ofRepeating, ...errors]),
  ].toSorted();
}

/** A body is read also where none is taken, to refuse what it says by its name. */
function codesOfBody(method: string, { caller, request }: Operation): readonly ApiErrorCode[] {
  if (request === undefined) return method !== "GET" && (caller === "server" || caller === "admin") ? OF_JSON : [];
  if (request.isForm === true) return OF_FORM;
  return caller === "qonto" ? OF_SIGNED_BYTES : OF_JSON;
}
