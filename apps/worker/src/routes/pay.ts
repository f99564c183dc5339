import { parsePublishableKey } from "@qonto-pay/core/api";
import { createCheckoutRequestSchema, productIdSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../call-merchant.ts";
import { Failure } from "../failure/failure.ts";
import { isByPerson } from "../http/is-by-person.ts";
import { LinkCache } from "../http/link-cache.ts";
import { seeOther } from "../http/see-other.ts";
import { answerPage } from "../pages/layout.ts";
import { payPage } from "../pages/pay-page.ts";
import { languageOf } from "../pages/texts/language.ts";
import { isUrlAllowed } from "../security/is-url-allowed.ts";
import { StatusTokens } from "../security/status-token.ts";
import { checked } from "./checked-json.ts";
import { requestOfForm } from "./pay-form.ts";
import { readForm } from "./read-form.ts";
import { requireWithinRate } from "./require-within-rate.ts";
import type { RouteContext } from "./route-context.ts";

const SHARED_LINKS = new LinkCache("shared-links");

/**
 * `GET /pay/{publishable key}/{product}`: on to the link that everybody gets for the product, or the page that asks. Of a
 * link that was asked for within the last half minute, neither the merchant's object is asked nor Qonto.
 */
export async function getPay(request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
  const { key, merchant, product } = soldBy(context);
  const kept = await SHARED_LINKS.find([key, product]);
  if (kept !== null) return toPay(kept, context);
  const asked = { product, isByPerson: isByPerson(request) };
  if (asked.isByPerson) await requireWithinRate(request, env.MINT_RATE_LIMIT, context);
  const answer = await callMerchant(env, config, merchant, (object) => object.shareLink(asked));
  if (answer.kind === "no_link") {
    const form = { publishableKey: key, attemptId: crypto.randomUUID() };
    return answerPage(payPage(answer.product, form, languageOf(request.headers.get("Accept-Language"))), config);
  }
  const response = toPay(answer.url, context);
  await SHARED_LINKS.keep([key, product], answer);
  return response;
}

/** `POST` the same: on to a link for what the form asks for. */
export async function postPay(request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  await requireWithinRate(request, env.MINT_RATE_LIMIT, context);
  const { key, merchant, product } = soldBy(context);
  const { attempt_id = crypto.randomUUID(), ...asked } = checked(
    createCheckoutRequestSchema,
    requestOfForm(await readForm(request), { key, product }),
  );
  // Whoever goes back and chooses another amount means another payment, in a page that still has the same id.
  const attemptId = ["form", attempt_id, product, asked.quantity, asked.amount, asked.reference].join(":");
  const from = request.headers.get("Origin");
  // Our own page, at whatever address of the Worker it was shown.
  const origin = from === new URL(request.url).origin ? config.workerUrl.origin : from;
  const checkout = await callMerchant(env, config, merchant, (object) =>
    object.payByForm({ ...asked, attempt_id: attemptId }, origin),
  );
  if (checkout.status === "open") return toPay(checkout.url, context);
  const token = await new StatusTokens(config.vaultKeys).sign(merchant, checkout.id);
  return seeOther(`/checkouts/${checkout.id}?token=${token}`);
}

/** @throws Failure `pay_url_not_allowed`: what was allowed when the link was made may not be any more. */
function toPay(url: string, { config }: RouteContext): Response {
  if (!isUrlAllowed(url, config.payHosts)) throw new Failure("pay_url_not_allowed");
  return seeOther(url);
}

/** What the address names. @throws Failure `not_found` for a key that can't be one of ours, `product_not_found`. */
function soldBy({ params, config }: RouteContext): { key: string; merchant: string; product: string } {
  const { key = "", product: id } = params;
  const parsed = parsePublishableKey(key);
  if (parsed?.environment !== config.environment) {
    throw new Failure("not_found", { reason: parsed === null ? "no publishable key" : "key of the other environment" });
  }
  const product = productIdSchema.safeParse({ id });
  if (!product.success) throw new Failure("product_not_found");
  return { key, merchant: parsed.merchant, product: product.data.id };
}
