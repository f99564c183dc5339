import type { Challenge } from "../checkout/challenge.ts";
import { ACTIVATION_URL } from "../../qonto/connection.ts";

/** The closed list of types of errors, each with the remedy for a caller that does not know the code. */
export const API_ERROR_TYPES = {
  api_error: "The Worker failed, is busy or is not set up correctly. Repeat the request later, or tell the operator.",
  authentication_error:
    "The key, the signature, the link or the session is missing, wrong or expired. Send the right one, or get a new one.",
  conflict_error: "The request contradicts what is stored. Read the current state, then decide.",
  invalid_request_error:
    "The request is wrong, or names something that does not exist. Correct it before you repeat it.",
  merchant_error: "The merchant must act first, at Qonto or at the payment provider.",
  permission_error: "The caller is known, and may not do this.",
  qonto_error: "Qonto or the payment provider rejected the call, or gave no usable answer.",
  rate_limit_error: "Too many requests. Repeat the request after the time in `Retry-After`.",
} as const satisfies Record<string, string>;

export type ApiErrorType = keyof typeof API_ERROR_TYPES;

/**
 * The closed list of error codes of the Worker API (v1). Each has a type, one HTTP status and an English text that is
 * safe to show to a shopper. A code keeps its name and its meaning throughout v1.
 */
export const API_ERRORS = {
  amount_mismatch: {
    type: "qonto_error",
    status: 502,
    message: "The payment could not be prepared for the price shown. Nothing was charged.",
  },
  amount_out_of_range: {
    type: "invalid_request_error",
    status: 422,
    message: "This amount is outside of what can be paid here.",
  },
  authorization_denied: {
    type: "permission_error",
    status: 403,
    message: "The authorization was denied at Qonto. Nothing was changed.",
  },
  authorization_failed: {
    type: "qonto_error",
    status: 502,
    message: "Qonto could not show its authorization page. Nothing was changed.",
  },
  body_too_large: { type: "invalid_request_error", status: 413, message: "The request is too large." },
  challenge_required: {
    type: "rate_limit_error",
    status: 429,
    message: "This shop is receiving an unusual number of requests. Please try again in a moment.",
  },
  checkout_not_found: {
    type: "invalid_request_error",
    status: 404,
    message: "This checkout does not exist, or the link to it is not valid.",
  },
  checkout_not_open: { type: "conflict_error", status: 409, message: "This checkout can no longer be changed." },
  connection_not_found: {
    type: "merchant_error",
    status: 404,
    message: "This merchant has not connected the payment provider yet.",
  },
  console_session_not_found: {
    type: "invalid_request_error",
    status: 404,
    message: "There is no session with this id.",
  },
  delivery_not_found: { type: "invalid_request_error", status: 404, message: "There is no delivery with this id." },
  export_mismatch: { type: "conflict_error", status: 409, message: "This is an export of another merchant." },
  fresh_sign_in_required: {
    type: "permission_error",
    status: 403,
    message: "Sign in again to do this: the last sign-in was more than 10 minutes ago.",
  },
  idempotency_key_reused: {
    type: "conflict_error",
    status: 409,
    message: "This attempt was already used for another order. Please try again.",
  },
  internal_error: { type: "api_error", status: 500, message: "Something went wrong on our side. Nothing was charged." },
  invalid_authorization: {
    type: "authentication_error",
    status: 400,
    message:
      "This authorization response is invalid or has expired. Start again from your connect link. Nothing was changed.",
  },
  invalid_connect_link: {
    type: "authentication_error",
    status: 404,
    message: "This connect link is invalid, was already used or has expired.",
  },
  invalid_connect_session: {
    type: "authentication_error",
    status: 403,
    message: "This browser has no connect session, or the session has expired. Start again from your connect link.",
  },
  invalid_console_session: {
    type: "authentication_error",
    status: 401,
    message: "You are not signed in, or the session has ended. Sign in.",
  },
  invalid_json: { type: "invalid_request_error", status: 400, message: "The request is not valid JSON." },
  invalid_key: { type: "authentication_error", status: 401, message: "This shop's payment key is not valid." },
  invalid_offer: { type: "invalid_request_error", status: 422, message: "This offer is not valid." },
  invalid_operator_session: {
    type: "authentication_error",
    status: 401,
    message: "The operator is not signed in, or the session has ended. Sign in.",
  },
  invalid_request: {
    type: "invalid_request_error",
    status: 422,
    message: "A field of the request is missing or malformed.",
  },
  invalid_sign_in_link: {
    type: "authentication_error",
    status: 401,
    message: "This sign-in link is invalid, was already used or has expired. Ask for a new one.",
  },
  invalid_signature: {
    type: "authentication_error",
    status: 401,
    message: "The signature is missing, wrong or too old.",
  },
  key_environment_mismatch: {
    type: "authentication_error",
    status: 401,
    message: "A test key was used in live mode, or a live key in test mode.",
  },
  key_in_use: { type: "conflict_error", status: 409, message: "A key can't revoke itself. Use the other one." },
  key_limit: { type: "conflict_error", status: 409, message: "Two secret keys are already active. Revoke one first." },
  key_not_found: { type: "invalid_request_error", status: 404, message: "There is no secret key with this id." },
  merchant_exists: { type: "conflict_error", status: 409, message: "A merchant with this name already exists." },
  merchant_not_empty: {
    type: "conflict_error",
    status: 409,
    message: "This merchant has products or checkouts that are not of this export. Restore it into a new merchant.",
  },
  merchant_not_connected: {
    type: "merchant_error",
    status: 503,
    message: "This shop can't take payments at the moment.",
  },
  merchant_not_found: { type: "invalid_request_error", status: 404, message: "There is no merchant with this name." },
  method_not_allowed: {
    type: "invalid_request_error",
    status: 405,
    message: "This address does not support the method of the request.",
  },
  misconfigured: { type: "api_error", status: 503, message: "The payment service is not set up correctly." },
  multiple_connections_not_allowed: {
    type: "conflict_error",
    status: 409,
    message: "This merchant has connected the payment provider already.",
  },
  no_payment_methods: {
    type: "merchant_error",
    status: 409,
    message:
      "This merchant has no payment method enabled. The merchant enables one at the payment provider; then send POST /v1/diagnostics/repair.",
  },
  not_found: { type: "invalid_request_error", status: 404, message: "There is nothing at this address." },
  offer_expired: {
    type: "invalid_request_error",
    status: 410,
    message: "This offer has ended. Please reload the page.",
  },
  order_already_paid: {
    type: "conflict_error",
    status: 409,
    message: "This order is already paid, or its payment is in progress.",
  },
  organization_mismatch: {
    type: "conflict_error",
    status: 409,
    message: "This merchant belongs to another Qonto organization. Nothing was changed.",
  },
  origin_not_allowed: { type: "permission_error", status: 403, message: "Payments are not allowed from this website." },
  overloaded: { type: "api_error", status: 503, message: "The payment service is busy. Please try again in a moment." },
  owner_required: {
    type: "permission_error",
    status: 403,
    message: "Only an owner may do this. You are signed in as a viewer.",
  },
  pay_url_not_allowed: {
    type: "qonto_error",
    status: 502,
    message: "The payment page could not be confirmed as genuine. Nothing was charged.",
  },
  payment_link_not_found: {
    type: "invalid_request_error",
    status: 404,
    message: "There is no payment link with this id.",
  },
  payment_links_not_activated: {
    type: "merchant_error",
    status: 409,
    message: `This Qonto organization has no payment links yet. Its owner switches them on at ${ACTIVATION_URL}.`,
  },
  payment_method_not_enabled: {
    type: "invalid_request_error",
    status: 422,
    message: "This payment method is not enabled.",
  },
  price_changed: {
    type: "conflict_error",
    status: 409,
    message: "The price has changed. Please check it and try again.",
  },
  product_not_found: { type: "invalid_request_error", status: 404, message: "This product is not for sale." },
  provider_url_not_allowed: {
    type: "qonto_error",
    status: 502,
    message: "The payment provider's page could not be confirmed as genuine.",
  },
  qonto_rate_limited: {
    type: "rate_limit_error",
    status: 503,
    message: "Many people are paying right now. Please try again in a moment.",
  },
  qonto_refused: {
    type: "qonto_error",
    status: 502,
    message: "The payment could not be prepared. Nothing was charged.",
  },
  qonto_unavailable: {
    type: "qonto_error",
    status: 503,
    message: "The payment page can't be reached right now. Please try again.",
  },
  quantity_out_of_range: { type: "invalid_request_error", status: 422, message: "This quantity can't be bought." },
  rate_limited: {
    type: "rate_limit_error",
    status: 429,
    message: "Too many requests. Please wait a moment and try again.",
  },
  sign_in_link_not_found: {
    type: "invalid_request_error",
    status: 404,
    message: "There is no unused sign-in link with this id.",
  },
  storage_full: {
    type: "api_error",
    status: 503,
    message: "This shop can't take payments at the moment.",
  },
  total_mismatch: {
    type: "invalid_request_error",
    status: 422,
    message: "The items of this order do not add up to its total. Nothing was charged.",
  },
  webhook_endpoint_limit: {
    type: "conflict_error",
    status: 409,
    message: "There are already five webhook endpoints. Delete one first.",
  },
  webhook_endpoint_not_found: {
    type: "invalid_request_error",
    status: 404,
    message: "There is no webhook endpoint with this id.",
  },
} as const satisfies Record<string, { type: ApiErrorType; status: number; message: string }>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** The body of every error of the Worker API. `param` is the path of the invalid field (`items[0].quantity`). */
export interface ApiErrorBody {
  readonly error: {
    readonly type: ApiErrorType;
    readonly code: ApiErrorCode;
    readonly message: string;
    /** Address of the section about the code, on a page of the Worker. */
    readonly doc_url: string;
    readonly request_id: string;
    readonly param?: string;
    /** With `order_already_paid`: the checkout that is paid, processing, or open while a payment may be under way. */
    readonly checkout_id?: string;
    /** Of `challenge_required`: solve it, and repeat the request with the solution. */
    readonly challenge?: Challenge;
  };
}
