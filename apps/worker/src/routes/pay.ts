import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError } from "../errors/api-error.ts";
import type { PageOfForm } from "../storefront/pay-by-form.ts";
import { isUserNavigation } from "../http/user-navigation.ts";
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

const SHARED_LINKS = new LinkCache("shared-links");

/**
 * `GET /pay/{publishable key}/{product}`: on to the link that everybody gets for the product, or the page that asks. Of a
 * link that was asked for within the last half minute, neither the merchant's object is asked nor Qonto. With `confirm`,
 * the page for what the other words ask for, whoever asks: where a form that was refused leads on.
 */
export async function getPay(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
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
export async function postPay(request: Request, context: RouteContext): Promise<Response> {
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
