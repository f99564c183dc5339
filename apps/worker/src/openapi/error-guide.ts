import type { ApiErrorCode } from "@qonto-pay/core/api";

/** Why a caller gets an error, and the next step. */
interface ErrorGuide {
  readonly cause: string;
  readonly remedy: string;
}

const READ_THE_LIST = "Read the id from the list.";
const WAIT = "Repeat the request with the same `Idempotency-Key` or `attempt_id`, after the time in `Retry-After`.";
const NEW_LINK = "The operator sends another link: `POST /v1/merchants/{merchant}/connect_link`.";

/** The cause and the remedy of each error. They are part of the documentation, and not of the Worker's bundle. */
export const ERROR_GUIDE: Readonly<Record<ApiErrorCode, ErrorGuide>> = {
  amount_mismatch: {
    cause:
      "Qonto computed an amount that differs from the price shown, even for lines that are exact under every known rounding. The links are deactivated.",
    remedy: "Read the check `rounding` of `GET /v1/diagnostics`. Report the basket to the maintainers.",
  },
  amount_out_of_range: {
    cause:
      "The amount is 0.00, outside the product's bounds, or outside the range that the merchant's payment methods accept.",
    remedy:
      "Send an amount within the bounds. For a call with a secret key, the message names them. A free order needs no checkout.",
  },
  authorization_denied: {
    cause: "The merchant did not allow the access on Qonto's consent page.",
    remedy: "Open the connect page again in the same browser, and allow the access.",
  },
  authorization_failed: {
    cause: "Qonto's OAuth answered with an error, or another server answered in its place.",
    remedy: "The page and the log name the error. The operator corrects the application or the settings.",
  },
  body_too_large: {
    cause: "The body of the request is larger than the limit of its route.",
    remedy: "Send less: fewer items, or one item for each VAT rate.",
  },
  challenge_required: {
    cause:
      "Pages open more checkouts of this merchant than its paid share allows without a challenge, or than one publishable key or origin may at one Cloudflare location.",
    remedy:
      "The button and the pages of the Worker solve the challenge and continue. Another client solves `challenge` (`altcha-lib`), and repeats the request with `challenge_solution` and the `attempt_id` of the challenge. Calls with a secret key are never challenged.",
  },
  checkout_not_found: {
    cause: "The id is unknown or belongs to another merchant, or the status token is not that of this checkout.",
    remedy:
      "Send the `id` of the checkout, which begins with `co_`. To find a checkout by your order number, list with `?reference=`.",
  },
  checkout_not_open: {
    cause:
      "The checkout is paid, processing or over, so it can't be canceled and gets no new link. After a rejected cancellation, a payment may be under way.",
    remedy:
      "Read the checkout. If it is over, open another one, with a new `Idempotency-Key` or `attempt_id`. If it is paid, keep the order.",
  },
  connection_not_found: {
    cause: "Qonto knows no connection of this organization to the payment provider.",
    remedy: "The merchant connects with a connect link, or your server with `POST /v1/connection`.",
  },
  console_session_not_found: {
    cause: "The session has ended already, or belongs to another merchant.",
    remedy: "Read the id from `GET /v1/console/sessions`. It begins with `ses_`.",
  },
  delivery_not_found: {
    cause: "The endpoint has no delivery with this id, or the delivery was deleted after its lifetime.",
    remedy: `${READ_THE_LIST} To send older events again, use \`POST /v1/webhook_endpoints/{id}/replay\`.`,
  },
  export_mismatch: {
    cause: "The export has another merchant's name, another environment or another organization at Qonto.",
    remedy:
      "Create a merchant with the name of the export's first line, in a deployment of the same environment, and restore there.",
  },
  fresh_sign_in_required: {
    cause:
      "The call changes keys, webhook endpoints, sign-in links, allowed origins or the connection, and the console's last sign-in was more than 10 minutes ago.",
    remedy: "Sign in again, then repeat the request. A secret key needs no fresh sign-in.",
  },
  idempotency_key_reused: {
    cause: "The `Idempotency-Key` or `attempt_id` was sent before, with another request.",
    remedy: "Send a new key for a new intent. Send the same body to repeat a request.",
  },
  internal_error: {
    cause: "The Worker has a defect, or its runtime failed.",
    remedy: "Repeat the request with the same key. Report the `request_id` to the operator, who finds it in the log.",
  },
  invalid_authorization: {
    cause:
      "Qonto's answer to the consent came after more than 10 minutes, for the second time, or in a browser other than the one that began.",
    remedy: "Start again from the connect link.",
  },
  invalid_connect_link: {
    cause: "The connect link is unknown, was used in another browser, or is older than 7 days.",
    remedy: NEW_LINK,
  },
  invalid_connect_session: {
    cause: "This browser did not begin with the connect link, or began more than 24 hours ago.",
    remedy: NEW_LINK,
  },
  invalid_console_session: {
    cause:
      "The console's session has ended: after 12 hours without use, 7 days after the sign-in, because it was revoked, or because its secret key was.",
    remedy: "Sign in to the console again.",
  },
  invalid_json: {
    cause: "The body is not JSON.",
    remedy: "Send JSON in UTF-8. In a shell, check the quotes around the body.",
  },
  invalid_key: {
    cause: "The key is missing, incomplete or revoked, or is not of the kind that the route takes.",
    remedy:
      "Pages send the publishable key in `publishable_key`. Servers send the secret key, operators the admin key, as `Authorization: Bearer …`, without white space around it.",
  },
  invalid_offer: {
    cause:
      "With a rule in the message: the signature is valid, and the offer breaks the rule. Without one: the signature matches no active secret key of the merchant.",
    remedy: "Correct the field in `param`, or check how the offer is signed and whether its key was revoked.",
  },
  invalid_operator_session: {
    cause:
      "The operator's session has ended: after an hour without use, 12 hours after the sign-in, or because `ADMIN_KEY` was replaced.",
    remedy: "Sign in again with the admin key.",
  },
  invalid_request: {
    cause: "A field, a query parameter or a header is missing, malformed or unknown, or contradicts another one.",
    remedy: "`param` is the path of the field, and `message` the rule. Correct it.",
  },
  invalid_sign_in_link: {
    cause:
      "The sign-in link was used already, has expired or was deleted, or the secret key that created it was revoked.",
    remedy: "An owner creates another one: `POST /v1/console/sign_in_links`.",
  },
  invalid_signature: {
    cause: "A request to the address of Qonto's webhooks has no valid signature, or one that is older than 5 minutes.",
    remedy:
      "If Qonto sends it, read the checks `webhook_subscription` and `clock_skew` of `GET /v1/diagnostics`. Otherwise do nothing: such requests change nothing.",
  },
  key_environment_mismatch: {
    cause: "A key of the sandbox was sent to a Worker in live mode, or a live key to a Worker of the sandbox.",
    remedy: "Use the key and the address of the same deployment.",
  },
  key_in_use: {
    cause: "The request is authenticated with the key that it would revoke.",
    remedy: "Send the request with the other secret key.",
  },
  key_limit: {
    cause: "The merchant has two active secret keys already.",
    remedy: "Revoke the one that is no longer used: `DELETE /v1/keys/{id}`.",
  },
  key_not_found: { cause: "The id is unknown, or the key was revoked.", remedy: READ_THE_LIST },
  merchant_exists: {
    cause: "Another request created a merchant with this name.",
    remedy: "Choose another name. To get the keys again, repeat the first request with its `Idempotency-Key`.",
  },
  merchant_not_empty: {
    cause:
      "An export can be restored only into a merchant without products and checkouts, and repeated only until data of a person were erased there.",
    remedy: "Create the merchant in a deployment where it does not exist yet, and restore there.",
  },
  merchant_not_connected: {
    cause: "The merchant has not finished connecting, has revoked the consent, or can't take payments now.",
    remedy:
      "Read the checks `consent` and `connection` of `GET /v1/diagnostics`. The merchant opens a connect link. Shoppers can pay afterwards.",
  },
  merchant_not_found: {
    cause: "The deployment has no merchant with this name.",
    remedy: "Check the spelling. Create the merchant with `POST /v1/merchants`.",
  },
  method_not_allowed: {
    cause: "The address exists, but not with this HTTP method.",
    remedy: "Use one of the methods in the header `Allow`.",
  },
  misconfigured: {
    cause: "A setting of the deployment is missing or malformed, or Qonto rejects the deployment's client.",
    remedy:
      "The operator corrects the setting that the message and the log name. If they name none, Qonto rejects the client: compare its id and secret with the developer portal. After the correction, the caller can repeat the request.",
  },
  multiple_connections_not_allowed: {
    cause: "The organization has a connection to the payment provider already.",
    remedy: "Read it with `GET /v1/connection`. If it is pending, the merchant continues at `connection_location`.",
  },
  no_payment_methods: {
    cause: "The merchant has enabled no payment method at the payment provider, so Qonto rejects every link.",
    remedy: "The merchant enables a method. Then send `POST /v1/diagnostics/repair`.",
  },
  not_found: {
    cause: "The Worker has no route at this address, or the thing that it names does not exist.",
    remedy: "Compare the address with the API reference.",
  },
  offer_expired: {
    cause: "The time until which the offer is valid has passed.",
    remedy: "Sign a new offer when the page is rendered. Check the clock of your server.",
  },
  order_already_paid: {
    cause:
      "Another checkout of the same `reference` or invoice is paid or processing, or is `open` while a payment may be under way.",
    remedy:
      "Read the checkout in `checkout_id`, and show it to the shopper. For an additional payment, use another reference.",
  },
  organization_mismatch: {
    cause: "The consent was given for a Qonto organization other than this merchant's.",
    remedy:
      "Consent again and choose the merchant's first organization, or create another merchant for the other organization.",
  },
  origin_not_allowed: {
    cause: "The page's origin is not on the merchant's list of allowed origins, or the page has none.",
    remedy:
      "The operator sends the whole list, with the origin as the message names it: `PATCH /v1/merchants/{merchant}`. Locally: `start --origin`.",
  },
  overloaded: {
    cause: "The merchant's object has more requests than it can take at the moment.",
    remedy: WAIT,
  },
  owner_required: {
    cause: "A viewer of the console called an operation that changes something.",
    remedy: "An owner makes the change.",
  },
  pay_url_not_allowed: {
    cause: "Qonto returned a pay page on a host that is not in `QONTO_PAY_HOSTS`. The link is deactivated.",
    remedy: "If the host is Qonto's, the operator adds it to `QONTO_PAY_HOSTS`.",
  },
  payment_link_not_found: {
    cause: "Qonto knows no payment link with this id, or the id is that of a checkout.",
    remedy: "Send `payment_link.id` of the checkout.",
  },
  payment_links_not_activated: {
    cause: "The organization has no payment links at Qonto yet.",
    remedy:
      "The owner of the organization switches them on with the link in the message. Then send `POST /v1/diagnostics/repair`.",
  },
  payment_method_not_enabled: {
    cause: "A method in `payment_methods` is not enabled for the merchant, or does not take this amount.",
    remedy: "Read the enabled methods with `GET /v1/payment_methods`, or leave the field out.",
  },
  price_changed: {
    cause: "The page showed an amount that is not the current price (`shown_amount`).",
    remedy: "Read the price again, show it, and let the shopper confirm. The button does so.",
  },
  product_not_found: {
    cause: "The catalogue has no product with this name.",
    remedy: "Compare the name with `GET /v1/products`. Add the product with `PUT /v1/products/{id}`.",
  },
  provider_url_not_allowed: {
    cause: "Qonto returned an address of the payment provider on a host that is not in `QONTO_PROVIDER_HOSTS`.",
    remedy: "If the host is the payment provider's, the operator adds it to `QONTO_PROVIDER_HOSTS`.",
  },
  qonto_rate_limited: {
    cause: "Qonto's rate limit, or the Worker's own limit below it, leaves no call for the next 5 seconds.",
    remedy: WAIT,
  },
  qonto_refused: {
    cause: "Qonto rejected the call, or answers 401 to this one operation.",
    remedy:
      "For a call with a secret key, the message has Qonto's reason. Read `GET /v1/diagnostics`. For an invoice, check its id, status and amount.",
  },
  qonto_unavailable: {
    cause: "Qonto did not answer in time, answered with an error of its own, or answered in an unknown shape.",
    remedy: `${WAIT} If it continues, read \`last_errors\` of \`GET /v1/diagnostics\`.`,
  },
  quantity_out_of_range: {
    cause: "The quantity is not a whole number within the product's bounds, or was sent for an open amount.",
    remedy: "Send a quantity from `min_quantity` to `max_quantity` of the product.",
  },
  rate_limited: {
    cause: "A visitor, or all visitors of an IPv6 network, sent more requests in a minute than the limit allows.",
    remedy: "Repeat the request after the time in `Retry-After`.",
  },
  sign_in_link_not_found: {
    cause: "The link was used, has expired or was deleted, or belongs to another merchant.",
    remedy: "Read the id from `GET /v1/console/sign_in_links`. It begins with `lnk_`.",
  },
  storage_full: {
    cause:
      "95 % of the merchant's storage is used. The rest is reserved for payments of open checkouts, which are still reported.",
    remedy:
      "The operator shortens the merchant's retention: see the check `storage` of `GET /v1/diagnostics`. Repeat the request afterwards.",
  },
  total_mismatch: {
    cause: "The items, after `discount` and `store_credit`, do not add up to `total`.",
    remedy: "The message has the sum. Correct the items, or send one item for each VAT rate with `line_total`.",
  },
  webhook_endpoint_limit: {
    cause: "The merchant has five webhook endpoints already.",
    remedy: "Delete one, or change one with `PATCH /v1/webhook_endpoints/{id}`.",
  },
  webhook_endpoint_not_found: { cause: "The id is unknown, or the endpoint was deleted.", remedy: READ_THE_LIST },
};
