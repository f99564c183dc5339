import { ACTIVATION_URL } from "../../qonto/connection.ts";

/**
 * The closed list of error codes of the Worker API (v1), each with the one HTTP status it is answered with and the
 * English text that is safe to show to a shopper. A code keeps its name and its meaning for as long as v1 lives.
 */
export const API_ERRORS = {
  amount_mismatch: {
    status: 502,
    message: "The payment could not be prepared for the price shown. Nothing was charged.",
  },
  amount_out_of_range: { status: 422, message: "This amount is outside of what can be paid here." },
  authorization_denied: { status: 403, message: "The authorization was denied at Qonto. Nothing was changed." },
  authorization_failed: { status: 502, message: "Qonto could not show its authorization page. Nothing was changed." },
  body_too_large: { status: 413, message: "The request is too large." },
  checkout_not_found: { status: 404, message: "This checkout does not exist, or the link to it is not valid." },
  checkout_not_open: { status: 409, message: "This checkout can't be changed any more." },
  connection_not_found: { status: 404, message: "This merchant has not connected the payment provider yet." },
  delivery_not_found: { status: 404, message: "There is no delivery with this id." },
  idempotency_key_reused: {
    status: 409,
    message: "This attempt was already used for another order. Please try again.",
  },
  internal_error: { status: 500, message: "Something went wrong on our side. Nothing was charged." },
  invalid_authorization: {
    status: 400,
    message:
      "This authorization response is invalid or has expired. Start again from your connect link. Nothing was changed.",
  },
  invalid_connect_link: {
    status: 404,
    message: "This connect link is invalid, was already used or has expired.",
  },
  invalid_connect_session: {
    status: 403,
    message: "This browser has no connect session, or the session has expired. Start again from your connect link.",
  },
  invalid_json: { status: 400, message: "The request is not valid JSON." },
  invalid_key: { status: 401, message: "This shop's payment key is not valid." },
  invalid_offer: { status: 422, message: "This offer is not valid." },
  invalid_request: { status: 422, message: "A field of the request is missing or malformed." },
  invalid_signature: { status: 401, message: "The signature is missing, wrong or too old." },
  key_environment_mismatch: { status: 401, message: "A test key was used in live mode, or a live key in test mode." },
  key_in_use: { status: 409, message: "A key can't revoke itself. Use the other one." },
  key_limit: { status: 409, message: "Two secret keys are active already. Revoke one first." },
  key_not_found: { status: 404, message: "There is no secret key with this id." },
  merchant_exists: { status: 409, message: "There is a merchant of this name already." },
  merchant_not_connected: { status: 503, message: "This shop can't take payments at the moment." },
  merchant_not_found: { status: 404, message: "There is no merchant of this name." },
  method_not_allowed: { status: 405, message: "This address does not take that kind of request." },
  misconfigured: { status: 503, message: "The payment service is not set up correctly." },
  multiple_connections_not_allowed: {
    status: 409,
    message: "This merchant has connected the payment provider already.",
  },
  not_found: { status: 404, message: "There is nothing at this address." },
  offer_expired: { status: 410, message: "This offer has ended. Please reload the page." },
  order_already_paid: { status: 409, message: "This order is paid already, or is being paid." },
  organization_mismatch: {
    status: 409,
    message: "This merchant belongs to another Qonto organization. Nothing was changed.",
  },
  origin_not_allowed: { status: 403, message: "Payments are not allowed from this website." },
  overloaded: { status: 503, message: "The payment service is busy. Please try again in a moment." },
  pay_url_not_allowed: {
    status: 502,
    message: "The payment page could not be confirmed as genuine. Nothing was charged.",
  },
  payment_link_not_found: { status: 404, message: "There is no payment link with this id." },
  payment_links_not_activated: {
    status: 409,
    message: `This Qonto organization has no payment links yet. Its owner switches them on at ${ACTIVATION_URL}.`,
  },
  payment_method_not_enabled: { status: 422, message: "This payment method is not enabled." },
  price_changed: { status: 409, message: "The price has changed. Please check it and try again." },
  product_not_found: { status: 404, message: "This product is not for sale." },
  provider_url_not_allowed: {
    status: 502,
    message: "The payment provider's page could not be confirmed as genuine.",
  },
  qonto_rate_limited: { status: 503, message: "Many people are paying right now. Please try again in a moment." },
  qonto_refused: { status: 502, message: "The payment could not be prepared. Nothing was charged." },
  qonto_unavailable: { status: 503, message: "The payment page can't be reached right now. Please try again." },
  quantity_out_of_range: { status: 422, message: "This quantity can't be bought." },
  rate_limited: { status: 429, message: "Too many requests. Please wait a moment and try again." },
  total_mismatch: { status: 422, message: "The items of this order don't come to its total. Nothing was charged." },
  webhook_endpoint_limit: { status: 409, message: "There are five webhook endpoints already. Delete one first." },
  webhook_endpoint_not_found: { status: 404, message: "There is no webhook endpoint with this id." },
} as const satisfies Record<string, { status: number; message: string }>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** Every error of the Worker API, whatever the route. `param` names the offending field by its path (`items[0].quantity`). */
export interface ApiErrorBody {
  readonly error: {
    readonly code: ApiErrorCode;
    readonly message: string;
    readonly request_id: string;
    readonly param?: string;
    /** Of `order_already_paid`: the checkout that is paid, or being paid. */
    readonly checkout_id?: string;
  };
}
