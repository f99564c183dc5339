import { API_ERROR_TYPES, API_ERRORS } from "@qonto-pay/core/api";

/** The first page of the reference. */
export const INTRODUCTION = `Payments through Qonto's payment links: a page or a shop server opens a **checkout**, the shopper pays on Qonto's hosted page, and the shop receives a webhook. Qonto's page does not lead back to the shop: the webhook completes the order.

## Keys

| key | where | purpose |
| --- | --- | --- |
| publishable, \`pk_{sandbox\\|live}_{merchant}\` | in the page: in the body or the query | open a checkout of the catalogue, read a price |
| secret, \`sk_{sandbox\\|live}_{merchant}_{random}\` | on servers: \`Authorization: Bearer\` | everything of one merchant |
| session cookie | in a browser that is signed in to the console, only for pages of the Worker | what a secret key may do; a viewer only reads |
| admin | the operator: \`Authorization: Bearer\` | create and disconnect merchants |

A sandbox key is rejected in live mode, and a live key in the sandbox: \`key_environment_mismatch\`.

## Requests

JSON in snake_case. Calls under \`/v1\` reject unknown fields and query parameters, and a body where none is described; the error names the field or parameter. Amounts are decimal strings in major units (\`"13.30"\`), never numbers. Times are ISO 8601.

Send an \`Idempotency-Key\` with every call that changes something and is authenticated with a secret key or the admin key: 8 to 255 printable ASCII characters. For 24 hours, the same key with the same request gets the same response, with the header \`Idempotent-Replayed: true\`. The same key with another request gets \`idempotency_key_reused\`. A repeated response is not updated, even if the checkout has ended or was superseded meanwhile: read the checkout, or use a new key when a cart changes back.

The Worker's own lists are \`{"data": […], "has_more": false}\`, paginated by cursor: \`after\` is the \`id\` of the last item of the previous page, \`limit\` is 1 to 100, and \`has_more\` shows whether there is a next page. If a page has a \`next_after\`, send that instead. Lists from Qonto keep Qonto's own pagination.

## Answers

Every response has an \`X-Request-Id\`. Within v1, responses may get new fields, and Qonto's fields may get new values.

## Refunds

There is no call for a refund, neither here nor in Qonto's API for payment links: the merchant refunds the payment in their Mollie or Qonto account. No event reports a refund: a paid checkout stays \`paid\`, and no payment status shows that the money was returned. If a shop system requests a refund, a plugin must fail it and give the reason: "A Qonto payment can't be refunded from the shop: refund it in your Mollie or Qonto account, and note it here."

## Errors

Errors have the form \`{"error": {"type", "code", "message", "doc_url", "request_id", "param"?}}\`. \`doc_url\` links to the section about the code at [/docs/errors](/docs/errors). \`type\` groups the codes by the required action:

| type | meaning |
| --- | --- |
${Object.entries(API_ERROR_TYPES)
  .map(([type, meaning]) => `| \`${type}\` | ${meaning} |`)
  .join("\n")}

 If a page for people fails, the error is a page that ends with the code. If the time to wait is known, \`503\` and \`429\` send it in seconds as \`Retry-After\`. All codes:

| code | type | status | message |
| --- | --- | --- | --- |
${Object.entries(API_ERRORS)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([code, { type, status, message }]) => `| \`${code}\` | \`${type}\` | ${status} | ${message} |`)
  .join("\n")}
`;
