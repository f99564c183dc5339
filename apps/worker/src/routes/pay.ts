import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError } from "../errors/api-error.ts";
import type { PageOfForm } from "../storefront/pay-by-form.ts";
import { LinkCache } from "../http/shared-link-cache.ts";
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
import { requireWithinRate } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";
import { sellerOf } from "./pay/seller.ts";
import { OF_MINTING } from "../openapi/documented-codes.ts";
import { publishableKeyAndProduct } from "../openapi/parameters.ts";
import { PAY_FORM, PAY_QUERY } from "./pay/pay-fields.ts";
import { shopperProblemResponse } from "./pay/shopper-problem-response.ts";
import { type Route, route } from "./route.ts";

const SHARED_LINKS = new LinkCache("shared-links");

/** What may be named that there is nothing of. */
const OF_SELLING = WITH_DOCS ? (["not_found", "overloaded", "product_not_found", "rate_limited"] as const) : [];

export const pay: readonly Route[] = [
  route({
    method: "GET",
    path: "/pay/:key/:product",
    caller: "anyone",
    rateLimit: "READ_RATE_LIMIT",
    problemPage: shopperProblemResponse,
    answersHead: true,
    handle: getPay,
    docs: WITH_DOCS && {
      id: "followPayLink",
      tag: "Pages",
      summary: "Pay for a product without a script",
      description:
        "For links in mails, on AMP, in browsers without a script. A person who clicks is sent to the one reusable payment link that everybody gets for a single one of the product, at its price of now; the first one has it made. Whoever only looks (crawlers, `HEAD`, what loads in advance) gets a page with a button while there is no such link, and so does everybody for a product whose buyer has to choose an amount, or to buy more than one. A shop learns of the payments by `checkout.payment_received`, of a checkout with the product's id in its `metadata`.",
      path: publishableKeyAndProduct,
      query: PAY_QUERY,
      queryExample: { confirm: "1", quantity: "2", reference: "ORDER-1001" },
      answers: [
        { status: 200, description: "The page.", texts: { "text/html": "<!doctype html><title>Mug</title>" } },
        { status: 303, description: "On to the payment link." },
      ],
      errors: [...OF_MINTING, ...OF_SELLING, "invalid_request", "quantity_out_of_range"],
    },
  }),
  route({
    method: "POST",
    path: "/pay/:key/:product",
    caller: "anyone",
    problemPage: shopperProblemResponse,
    handle: postPay,
    docs: WITH_DOCS && {
      id: "payByForm",
      tag: "Pages",
      summary: "Pay for what a form asks for",
      description:
        "A checkout as by `POST /v1/checkouts`, by a form of the page above or of one of the merchant's `allowed_origins`. An attempt that is paid already, or has ended, is sent to the page that says so. A form that is refused leads on to nothing else: to the page for what it asked for, in the answer itself where the shopper can mend it or has to agree (`amount_out_of_range`, `origin_not_allowed`, `price_changed`), by a link otherwise, and nowhere where it can't be bought like that.",
      path: publishableKeyAndProduct,
      request: {
        schema: PAY_FORM,
        isForm: true,
        examples: {
          "Two mugs": { quantity: "2", reference: "ORDER-1001", attempt_id: "cart-17-attempt-1" },
          "An amount of the shopper's": { amount: "12.50" },
        },
      },
      answers: [{ status: 303, description: "On to the payment link." }],
      errors: [...OF_MINTING, ...OF_SELLING, "invalid_request", "price_changed", "quantity_out_of_range"],
    },
  }),
];

/**
 * `GET /pay/{publishable key}/{product}`: on to the link that everybody gets for the product, or the page that asks. Of a
 * link that was asked for within the last half minute, neither the merchant's object is asked nor Qonto. With `confirm`,
 * the page for what the other words ask for, whoever asks: where a form that was refused leads on.
 */
async function getPay(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  if (query.has("confirm")) return showPage(request, context, await readAsked(query, context));
  const { key, merchant, product } = sellerOf(context);
  const kept = await SHARED_LINKS.find([key, product]);
  if (kept !== null) return toPay(kept, context);
  const asked = { product, isByPerson: isUserNavigation(request) };
  if (asked.isByPerson) await requireWithinRate(request, env.MINT_RATE_LIMIT, context);
  const answer = await callMerchant(env, config, merchant, (object) => object.shareLink(asked));
  if (answer.kind === "no_link") {
    const form = { publishableKey: key, attemptId: crypto.randomUUID() };
    return showPage(request, context, { product: answer.product, form });
  }
  const response = toPay(answer.url, context);
  await SHARED_LINKS.keep([key, product], answer);
  return response;
}

/**
 * `POST` the same: on to a link for what the form asks for.
 *
 * @throws RefusedForm
 */
async function postPay(request: Request, context: RouteContext): Promise<Response> {
  // First, so that whoever is refused is not led on to something else than they asked for.
  const form = await readForm(request);
  try {
    return await payBy(form, request, context);
  } catch (reason) {
    throw new RefusedForm(reason, form);
  }
}

async function payBy(form: URLSearchParams, request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  await requireWithinRate(request, env.MINT_RATE_LIMIT, context);
  const { key, merchant, product } = sellerOf(context);
  const { attempt_id = crypto.randomUUID(), ...asked } = checked(
    createCheckoutRequestSchema,
    requestOfForm(form, { publishable_key: key, product }),
  );
  // Whoever goes back and chooses another amount means another payment, in a page that still has the same id.
  const attemptId = ["form", attempt_id, product, asked.quantity, asked.amount, asked.reference].join(":");
  const page = pageOf(request, config.workerUrl);
  const checkout = await callMerchant(env, config, merchant, (object) =>
    object.payByForm({ ...asked, attempt_id: attemptId }, page),
  );
  if (checkout.status === "open") return toPay(checkout.url, context);
  const token = await new StatusTokens(config.vaultKeys).sign(merchant, checkout.id);
  return redirect(`/checkouts/${checkout.id}?token=${token}`);
}

function pageOf(request: Request, workerUrl: URL): PageOfForm {
  const origin = request.headers.get("Origin");
  return { origin, isOurs: origin === workerUrl.origin || origin === new URL(request.url).origin };
}

function showPage(request: Request, { config }: RouteContext, { product, form }: Asked): Promise<Response> {
  return answerPage(payPage(product, form, languageOf(request.headers.get("Accept-Language"))), config);
}

/** @throws ApiError `pay_url_not_allowed`: what was allowed when the link was made may not be any more. */
function toPay(url: string, { config }: RouteContext): Response {
  if (!isUrlAllowed(url, config.payHosts)) throw new ApiError("pay_url_not_allowed");
  return redirect(url);
}

/** Browsers that load a page before anybody wants it say so, each in its own way. */
const AHEAD_OF_TIME = /prefetch|prerender|preview/i;

/**
 * Whether a request is somebody's who clicked, or typed the address: browsers say so by `Sec-Fetch-User`. What says nothing
 * (most crawlers and those who scan mails, browsers before 2023), says that it loads something in advance, or opens it in a
 * frame counts as nobody. A program that drives a whole browser can't be told from a person.
 */
function isUserNavigation({ method, headers }: Request): boolean {
  const isAhead = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"].some((name) =>
    AHEAD_OF_TIME.test(headers.get(name) ?? ""),
  );
  const isNavigation = headers.get("Sec-Fetch-Mode") === "navigate" && headers.get("Sec-Fetch-Dest") === "document";
  const isByUser = headers.get("Sec-Fetch-User") === "?1";
  return method === "GET" && isNavigation && isByUser && !isAhead;
}
