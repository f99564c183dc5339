import { API_ERRORS } from "@qonto-pay/core/api";

/** The first page of the reference. */
export const INTRODUCTION = `Payments by Qonto's payment links: a page or a shop server opens a **checkout**, the shopper pays on Qonto's hosted page, and the shop learns of it. That page does not lead back: what completes an order is a webhook.

## Keys

| key | where | what for |
| --- | --- | --- |
| publishable, \`pk_{sandbox\\|live}_{merchant}\` | in the page: in the body or the query | open a checkout of the catalogue, read a price |
| secret, \`sk_{sandbox\\|live}_{merchant}_{random}\` | on servers: \`Authorization: Bearer\` | everything of one merchant |
| admin | with whoever runs the Worker: \`Authorization: Bearer\` | make and disconnect merchants |

A key of the sandbox is refused in live mode, and the other way round: \`key_of_other_environment\`.

## Requests

JSON in snake_case. Whatever a call under \`/v1\` does not take is refused by its name: a field or a query word that is not known, and a body where none is described. Amounts are decimal strings in major units (\`"13.30"\`), never numbers. Times are ISO 8601.

Send an \`Idempotency-Key\` with whatever changes something, by secret key or by admin key: 8 to 255 printable ASCII characters. For 24 hours the same key with the same request gets the same answer, with the header \`Idempotent-Replayed: true\`; with another request it gets \`idempotency_key_reused\`. The answer is as it was then, also if the checkout has ended or was superseded meanwhile: read the checkout, or take a new key when a cart changes back.

Every list of ours is \`{"data": […], "has_more": false}\`, paged by a cursor: \`after\` is the \`id\` of the last one of the page before, \`limit\` is 1 to 100, and \`has_more\` says whether there is a next page. Lists of Qonto's keep Qonto's own pages.

## Answers

Every answer has an \`X-Request-Id\`. Answers may get further fields, and what is Qonto's may get further values, within v1.

## Refunds

There is no call for a refund, here or in Qonto's API for payment links: the merchant gives the money back in their Mollie or Qonto account. No event tells of it: a checkout that was paid stays \`paid\`, and no status of a payment says that it was given back. A shop system that asks for a refund has to be told that it failed, and why: "A Qonto payment can't be refunded from the shop: refund it in your Mollie or Qonto account, and note it here."

## Errors

Always \`{"error": {"code", "message", "request_id", "param"?}}\`; where a page for people fails, it is a page that ends with the code. \`503\` and \`429\` say in \`Retry-After\` how many seconds to wait, where that is known. This is every code there is:

| code | status | message |
| --- | --- | --- |
${Object.entries(API_ERRORS)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([code, { status, message }]) => `| \`${code}\` | ${status} | ${message} |`)
  .join("\n")}
`;
