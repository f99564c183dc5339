import {
  checkoutCreatedSchema,
  checkoutPageSchema,
  checkoutSchema,
  checkoutsQuerySchema,
  checkoutStatusQuerySchema,
  checkoutStatusReportSchema,
  createCheckoutRequestSchema,
  createServerCheckoutRequestSchema,
  updateCheckoutRequestSchema,
} from "@qonto-pay/core/api.schema";
import { listPaymentsQuerySchema, paymentPageSchema } from "@qonto-pay/core/qonto.schema";
import { StatusTokens } from "../crypto/status-token.ts";
import { ApiError } from "../errors/api-error.ts";
import { jsonResponse } from "../http/json-response.ts";
import { callKnownMerchant, callMerchant } from "../merchant-object/call-merchant.ts";
import { anyCheckoutCreatedSchema, anyCheckoutRequestSchema } from "../openapi/components.ts";
import { OF_QONTO, OF_SERVER_MINTING } from "../openapi/documented-codes.ts";
import {
  AMOUNT,
  CHECKOUT,
  CHECKOUT_CREATED,
  CHECKOUT_SNAPSHOT,
  CHECKOUT_STATUS,
  PAGE_OF_ONE,
  PAYMENT,
  SOLD_ITEM,
} from "../openapi/examples.ts";
import { checkoutId, originHeader } from "../openapi/parameters.ts";
import { isFromConsole } from "./request/authenticate-console.ts";
import { merchantOfPublishableKey } from "./request/authenticate-key.ts";
import { callAsServer } from "./request/call-as-server.ts";
import { callAsVisitor } from "./request/admission.ts";
import { requireWithinRate } from "./request/rate-limit.ts";
import { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";
import { jsonRoute, type Route, route, serverRoute } from "./route.ts";

/** A basket of 100 items with long descriptions. */
const MAX_BODY_BYTES = 128 * 1024;

export const checkouts: readonly Route[] = [
  route({
    method: "POST",
    path: "/v1/checkouts",
    caller: "shopper_or_server",
    isForBrowsers: true,
    // A secret key comes in a header, as does the mark of the console; a publishable key comes in the body.
    handle: (request, context) =>
      request.headers.has("Authorization") || isFromConsole(request)
        ? createFromServer(request, context)
        : createFromPage(request, context),
    docs: WITH_DOCS && {
      id: "createCheckout",
      tag: "Checkouts",
      summary: "Open a checkout",
      description:
        "Without `Authorization`, a shopper's page calls: the body contains the publishable key, the price comes from the catalogue or from an offer that the merchant's server signed, and the response says where to pay. The body can be sent as `text/plain`, which avoids the CORS preflight. The same `attempt_id` always gets the same checkout. With a secret key, the merchant's server calls, and sends items with its own prices, or an invoice. A new checkout replaces an open one with the same `reference`: it is returned once Qonto has deactivated the older link. A `reference` is paid once: while one of its checkouts is paid or processing, a server gets `409 order_already_paid` with its `checkout_id`, and a page that takes an offer gets that checkout. Without `expires_in`, a checkout ends with Qonto's link, or after 30 days if Qonto's link has no end. Qonto's pay page does not lead back to the shop: the webhook `checkout.paid` reports the payment to the server, and `status_url` is a page for the shopper that links to `success_url` or `cancel_url`.",
      headers: { Origin: originHeader },
      request: {
        schema: anyCheckoutRequestSchema,
        examples: {
          "A shopper's page: a product": {
            publishable_key: "pk_sandbox_demo",
            product: "mug",
            attempt_id: "cart-17-attempt-1",
            shown_amount: AMOUNT,
          },
          "A shopper's page: a basket": {
            publishable_key: "pk_sandbox_demo",
            items: [{ product: "mug", quantity: 2 }, { product: "poster" }],
          },
          "A server: items": {
            items: [SOLD_ITEM],
            reference: "ORDER-1001",
            metadata: { cart: "c-17" },
            expires_in: 3600,
            locale: "de-AT",
          },
          "A server: a discount, store credit and its own total": {
            items: [
              SOLD_ITEM,
              {
                title: "Tea",
                quantity: 0.35,
                measure_unit: "kg",
                line_total: { value: "8.4175", currency: "EUR" },
                tax_behavior: "exclusive",
                vat_rate: "5.5",
              },
            ],
            discount: { value: "2.00", currency: "EUR" },
            store_credit: { value: "5.00", currency: "EUR" },
            total: { value: "14.89", currency: "EUR" },
            reference: "ORDER-1002",
          },
          "A server: an invoice": {
            invoice: {
              invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
              invoice_number: "INV-2026-17",
              debitor_name: "Ada Lovelace",
              amount: AMOUNT,
            },
          },
        },
      },
      answers: [
        {
          status: 201,
          description: "The checkout is open. A page gets `CheckoutCreated`, a server gets `Checkout`.",
          schema: anyCheckoutCreatedSchema,
          example: CHECKOUT_CREATED,
        },
        {
          status: 200,
          description: "The checkout that this `attempt_id` of a page already has.",
          schema: checkoutCreatedSchema,
          example: CHECKOUT_CREATED,
        },
      ],
      errors: [
        ...OF_SERVER_MINTING,
        "challenge_required",
        "offer_expired",
        "invalid_offer",
        "order_already_paid",
        "origin_not_allowed",
        "price_changed",
        "product_not_found",
        "quantity_out_of_range",
        "total_mismatch",
      ],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/checkouts",
    query: checkoutsQuerySchema,
    operation: "listCheckouts",
    docs: WITH_DOCS && {
      id: "listCheckouts",
      tag: "Checkouts",
      summary: "List checkouts",
      description:
        "Newest first, filtered by status, reference, `metadata`, opener, and time. `metadata[order_id]=123` finds the checkouts with this entry; with several entries, a checkout must have all of them. Send lists as `status[]=open&status[]=paid` or as `status=open,paid`. A shopper can have a button open a checkout with any `reference`: to find your own checkouts by reference, add `opened_by=server,offer`. Finding them by id is safer.",
      answer: {
        description: "A page of checkouts.",
        schema: checkoutPageSchema,
        example: { data: [CHECKOUT_SNAPSHOT], has_more: false },
      },
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/checkouts/:id",
    operation: "readCheckout",
    docs: WITH_DOCS && {
      id: "getCheckout",
      tag: "Checkouts",
      summary: "Read a checkout",
      description: "Returns the checkout as the Worker last read it from Qonto. To read it from Qonto now, use `sync`.",
      path: checkoutId,
      answer: { description: "The checkout.", schema: checkoutSchema, example: CHECKOUT },
      errors: ["checkout_not_found"],
    },
  }),
  serverRoute({
    method: "PATCH",
    path: "/v1/checkouts/:id",
    body: updateCheckoutRequestSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    operation: "updateCheckout",
    docs: WITH_DOCS && {
      id: "updateCheckout",
      tag: "Checkouts",
      summary: "Change a checkout's reference and metadata",
      description:
        "Works in every status, for shops whose order number exists only after the payment. Absent fields stay as they are, and `metadata` is merged by key. A change creates the event `checkout.updated`. Nothing is sent to Qonto: the payment link keeps its original texts. A `reference` is paid once: if another checkout with it is paid or processing, the response is `409 order_already_paid` with its `checkout_id`. An open checkout replaces the other open ones with the same reference. Once a checkout is paid, the reference that it was opened with stays taken, so that an offer with this reference does not sell the order again.",
      path: checkoutId,
      bodyExamples: {
        "The order number, known after the payment": { reference: "ORDER-1001", metadata: { invoice: "INV-17" } },
        "Remove an entry": { metadata: { cart: null } },
      },
      answer: { description: "The checkout.", schema: checkoutSchema, example: CHECKOUT },
      errors: ["checkout_not_found", "order_already_paid"],
    },
  }),
  jsonRoute({
    method: "GET",
    path: "/v1/checkouts/:id/status",
    caller: "anyone",
    isForBrowsers: true,
    rateLimit: "READ_RATE_LIMIT",
    query: checkoutStatusQuerySchema,
    handle: async ({ params, query }, request, { env, config }) => {
      const merchant = await new StatusTokens(config.vaultKeys).verify(query.token, params.id);
      if (merchant === null) throw new ApiError("checkout_not_found");
      const origin = request.headers.get("Origin");
      if (!request.headers.get("Accept")?.includes("text/event-stream")) {
        return jsonResponse(
          await callMerchant(env, config, merchant, (object) => object.readStatus(params.id, origin)),
        );
      }
      const stream = await callMerchant(env, config, merchant, (object) => object.watchStatus(params.id, origin));
      return new Response(stream, {
        headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store" },
      });
    },
    docs: WITH_DOCS && {
      id: "getCheckoutStatus",
      tag: "Checkouts",
      summary: "Watch a checkout's status",
      description:
        "For the shopper's page. With `Accept: text/event-stream`, the response is a stream of server-sent events: the current status, then each change, until no further change is expected. An event named `heartbeat`, without data, comes first and then every 20 seconds. If it stays away, the connection is dead.",
      path: checkoutId,
      queryExample: { token: CHECKOUT_CREATED.status_token },
      headers: { Origin: originHeader },
      answers: [
        {
          status: 200,
          description: "The status.",
          schema: checkoutStatusReportSchema,
          example: CHECKOUT_STATUS,
          texts: {
            "text/event-stream": `retry: 2000\n\nevent: heartbeat\ndata:\n\ndata: ${JSON.stringify(CHECKOUT_STATUS)}\n\n`,
          },
        },
      ],
      errors: ["checkout_not_found", "invalid_request", "origin_not_allowed", "overloaded"],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/checkouts/:id/payments",
    query: listPaymentsQuerySchema,
    operation: "listCheckoutPayments",
    docs: WITH_DOCS && {
      id: "listCheckoutPayments",
      tag: "Checkouts",
      summary: "List a checkout's payments",
      description: "Every payment that was made or attempted, as Qonto returns it now, in Qonto's own shape.",
      path: checkoutId,
      answer: {
        description: "A page of payments.",
        schema: paymentPageSchema,
        example: { payments: [PAYMENT], meta: PAGE_OF_ONE },
      },
      errors: ["checkout_not_found", "not_found", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/checkouts/:id/cancel",
    operation: "cancelCheckout",
    docs: WITH_DOCS && {
      id: "cancelCheckout",
      tag: "Checkouts",
      summary: "Cancel a checkout",
      description:
        "Deactivates the checkout's link at Qonto, so that it can't be paid. A checkout that has already ended unpaid is returned unchanged.",
      path: checkoutId,
      answer: {
        description: "The checkout is canceled, or had expired.",
        schema: checkoutSchema,
        example: { ...CHECKOUT, status: "canceled" },
      },
      errors: ["checkout_not_found", "checkout_not_open", "not_found", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/checkouts/:id/sync",
    operation: "syncCheckout",
    docs: WITH_DOCS && {
      id: "syncCheckout",
      tag: "Checkouts",
      summary: "Read a checkout from Qonto now",
      description: "Does not depend on webhooks. Call it before you cancel an order.",
      path: checkoutId,
      answer: { description: "The checkout as Qonto returns it now.", schema: checkoutSchema, example: CHECKOUT },
      errors: ["checkout_not_found", "payment_link_not_found", ...OF_QONTO],
    },
  }),
];

/** Items with the server's own prices, or an invoice. */
async function createFromServer(request: Request, context: RouteContext): Promise<Response> {
  const readBody = (sent: RequestInput) => sent.body(createServerCheckoutRequestSchema, MAX_BODY_BYTES);
  return jsonResponse(await callAsServer(request, context, "createServerCheckout", readBody), 201);
}

async function createFromPage(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  await requireWithinRate(request, "MINT_RATE_LIMIT", context);
  const sent = new RequestInput(request, query);
  // Without an id, the attempt gets one here, so that the call to the object can be repeated.
  const {
    attempt_id = crypto.randomUUID(),
    challenge_solution: solution,
    ...asked
  } = await sent.body(createCheckoutRequestSchema);
  await sent.requireNothingElse();
  const body = { ...asked, attempt_id };
  const merchant = merchantOfPublishableKey(body.publishable_key, config);
  const origin = request.headers.get("Origin");
  const attempted = { publishableKey: body.publishable_key, attemptId: attempt_id, solution };
  const known = { merchant, codeIfUnknown: "invalid_key" } as const;
  const { isNew, ...created } = await callAsVisitor(request, context, attempted, (visit) =>
    callKnownMerchant(env, config, known, (object) => object.createCheckout(body, { origin, visit })),
  );
  return jsonResponse(created, isNew ? 201 : 200);
}
