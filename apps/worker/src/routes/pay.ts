import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import type { Config } from "../context/config.ts";
import { callKnownMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError } from "../errors/api-error.ts";
import type { PageOfForm } from "../storefront/pay-by-form.ts";
import { sharedLinks } from "../http/shared-link-cache.ts";
import { redirect } from "../http/redirect.ts";
import { answerPage } from "../pages/layout.ts";
import { payPage } from "../pages/pay-page.ts";
import { languageOf } from "../pages/texts/language.ts";
import { isUrlAllowed } from "../http/allowed-url.ts";
import { StatusTokens } from "../crypto/status-token.ts";
import { type Asked, readAsked } from "./pay/requested-sale.ts";
import { checked } from "./request/checked-json.ts";
import { requestOfForm } from "./pay/pay-form.ts";
import { readForm } from "./request/read-form.ts";
import { RefusedForm } from "./pay/rejected-form.ts";
import { type Attempted, callAsVisitor } from "./request/admission.ts";
import { requireWithinRate } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";
import { sellerOf } from "./pay/seller.ts";
import { OF_MINTING } from "../openapi/documented-codes.ts";
import { publishableKeyAndProduct } from "../openapi/parameters.ts";
import { PAY_FORM, PAY_QUERY } from "./pay/pay-fields.ts";
import { shopperProblemResponse } from "./pay/shopper-problem-response.ts";
import { type Route, route } from "./route.ts";

/** Errors of requests that name a product. */
const OF_SELLING = WITH_DOCS ? (["not_found", "overloaded", "product_not_found", "rate_limited"] as const) : [];

/** The path of the pay page. */
export const PAY = "/pay/:key/:product";

export const pay: readonly Route[] = [
  route({
    method: "GET",
    path: PAY,
    caller: "anyone",
    rateLimit: "READ_RATE_LIMIT",
    problemPage: shopperProblemResponse,
    answersHead: true,
    handle: getPay,
    docs: WITH_DOCS && {
      id: "followPayLink",
      tag: "Pages",
      summary: "Pay for a product without JavaScript",
      description:
        "For links in mails, on AMP, and in browsers without JavaScript. A shopper who clicks is redirected to the product's shared payment link: one reusable link for a quantity of one at the current price. The first click creates it. While no shared link exists, crawlers, `HEAD` requests and prefetches get a page with a button. Every request gets that page if the shopper must choose an amount, or must buy more than one. The event `checkout.payment_received` reports the payments; its checkout names the product in `products`.",
      path: publishableKeyAndProduct,
      query: PAY_QUERY,
      queryExample: { confirm: "1", quantity: "2", reference: "ORDER-1001" },
      answers: [
        { status: 200, description: "The page.", texts: { "text/html": "<!doctype html><title>Mug</title>" } },
        { status: 303, description: "Redirects to the payment link." },
      ],
      errors: [...OF_MINTING, ...OF_SELLING, "invalid_request", "quantity_out_of_range"],
    },
  }),
  route({
    method: "POST",
    path: PAY,
    caller: "anyone",
    problemPage: shopperProblemResponse,
    handle: postPay,
    docs: WITH_DOCS && {
      id: "payByForm",
      tag: "Pages",
      summary: "Pay with a form",
      description:
        "Opens a checkout, as `POST /v1/checkouts` does, from a form of the page above or of a page of the merchant's `allowed_origins`. If the attempt is paid or has ended, redirects to its status page. An error page never leads to another purchase. If the shopper can correct the form or must agree (`amount_out_of_range`, `origin_not_allowed`, `price_changed`), the error page contains the form for the same purchase. Otherwise it links to that form, or to nothing if the purchase is impossible.",
      path: publishableKeyAndProduct,
      request: {
        schema: PAY_FORM,
        isForm: true,
        examples: {
          "Two mugs": { quantity: "2", reference: "ORDER-1001", attempt_id: "cart-17-attempt-1" },
          "An amount of the shopper's": { amount: "12.50" },
        },
      },
      answers: [{ status: 303, description: "Redirects to the payment link." }],
      errors: [
        ...OF_MINTING,
        ...OF_SELLING,
        "challenge_required",
        "invalid_request",
        "price_changed",
        "quantity_out_of_range",
      ],
    },
  }),
];

/**
 * Redirects to the shared link that this isolate remembers for a `GET /pay/{publishable key}/{product}`, without any
 * call. Null: the router answers. Nothing is parsed, and visitors are not counted, since both cost more than the
 * redirect.
 */
export function payFromMemory({ method, url }: Request, { payHosts }: Config): Response | null {
  if (method !== "GET" && method !== "HEAD") return null;
  const start = url.indexOf("/", "https://".length);
  if (!url.startsWith(PREFIX, start) || url.includes("confirm", start)) return null;
  const query = url.indexOf("?", start);
  const path = url.slice(start + PREFIX.length, query === -1 ? undefined : query);
  const remembered = sharedLinks.recall(path, payHosts);
  return remembered === null ? null : redirect(remembered);
}

const PREFIX = "/pay/";

/**
 * Handles `GET /pay/{publishable key}/{product}`: redirects to the shared link of the product, or shows the pay page.
 * For a link that was requested within the last half minute, neither the merchant's object nor Qonto is called. With
 * `confirm`, shows the page for the purchase in the other parameters, to every visitor: the error page of a form links
 * there.
 */
async function getPay(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  if (query.has("confirm")) return showPage(request, context, await readAsked(query, context));
  const { key, merchant, product } = sellerOf(context);
  const path = `${key}/${product}`;
  const kept = await sharedLinks.find(path, config.payHosts);
  if (kept !== null) return toPay(kept, context);
  const asked = { product, isByPerson: isUserNavigation(request) };
  if (asked.isByPerson) await requireWithinRate(request, "MINT_RATE_LIMIT", context);
  const known = { merchant, codeIfUnknown: "not_found" } as const;
  const answer = await callKnownMerchant(env, config, known, (object) => object.shareLink(asked));
  if (answer.kind === "no_link") {
    const form = { publishableKey: key, attemptId: crypto.randomUUID() };
    return showPage(request, context, { product: answer.product, form });
  }
  const response = toPay(answer.url, context);
  await sharedLinks.keep(path, answer, config.payHosts);
  return response;
}

/**
 * Handles `POST` to the same address: redirects to a link for the purchase in the form.
 *
 * @throws RefusedForm
 */
async function postPay(request: Request, context: RouteContext): Promise<Response> {
  // Read first, so that the error page can lead to the same purchase.
  const form = await readForm(request);
  try {
    return await payBy(form, request, context);
  } catch (reason) {
    throw new RefusedForm(reason, form);
  }
}

async function payBy(form: URLSearchParams, request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  await requireWithinRate(request, "MINT_RATE_LIMIT", context);
  const { key, merchant, product } = sellerOf(context);
  const { attempt_id = crypto.randomUUID(), ...asked } = checked(
    createCheckoutRequestSchema,
    requestOfForm(form, { publishable_key: key, product }),
  );
  // A shopper who goes back and chooses another amount means another payment, in a page that still has the same id.
  const attemptId = ["form", attempt_id, product, asked.quantity, asked.amount, asked.reference].join(":");
  const page = pageOf(request, config.workerUrl);
  const known = { merchant, codeIfUnknown: "not_found" } as const;
  const attempted: Attempted = {
    publishableKey: key,
    attemptId,
    sentAttemptId: attempt_id,
    solution: form.get("challenge_solution") ?? undefined,
    waitPass: form.get("wait_pass") ?? undefined,
    mayWait: true,
  };
  const checkout = await callAsVisitor(request, context, attempted, (visit) =>
    callKnownMerchant(env, config, known, (object) =>
      object.payByForm({ ...asked, attempt_id: attemptId }, { ...page, visit }),
    ),
  );
  if (checkout.status === "open") return toPay(checkout.url, context);
  const token = await new StatusTokens(config.vaultKeys).sign(merchant, checkout.id);
  return redirect(`/checkouts/${checkout.id}?token=${token}`);
}

function pageOf(request: Request, workerUrl: URL): Omit<PageOfForm, "visit"> {
  const origin = request.headers.get("Origin");
  return { origin, isOurs: origin === workerUrl.origin || origin === new URL(request.url).origin };
}

function showPage(request: Request, { config }: RouteContext, { product, form }: Asked): Promise<Response> {
  return answerPage(payPage(product, form, languageOf(request.headers.get("Accept-Language"))), config);
}

/** @throws ApiError `pay_url_not_allowed` if the host was allowed when the link was created and is no longer. */
function toPay(url: string, { config }: RouteContext): Response {
  if (!isUrlAllowed(url, config.payHosts)) throw new ApiError("pay_url_not_allowed");
  return redirect(url);
}

/** Browsers announce a prefetch in several ways. */
const AHEAD_OF_TIME = /prefetch|prerender|preview/i;

/**
 * Whether a user started the request by a click or by typing the address: browsers send `Sec-Fetch-User` then. Returns
 * false without that header (most crawlers and mail scanners, browsers before 2023), for a prefetch and for a frame. A
 * program that controls a whole browser looks like a user.
 */
function isUserNavigation({ method, headers }: Request): boolean {
  const isAhead = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"].some((name) =>
    AHEAD_OF_TIME.test(headers.get(name) ?? ""),
  );
  const isNavigation = headers.get("Sec-Fetch-Mode") === "navigate" && headers.get("Sec-Fetch-Dest") === "document";
  const isByUser = headers.get("Sec-Fetch-User") === "?1";
  return method === "GET" && isNavigation && isByUser && !isAhead;
}
