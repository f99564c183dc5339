import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import type { ForSale } from "../storefront/for-sale.ts";
import { noteToMerchant } from "./note-to-merchant.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { type PayForm, whatIsForSale } from "./pay-page.ts";
import { shopperFrame } from "./shopper-frame.ts";
import type { Language } from "./texts/language.ts";
import type { ShopperProblem } from "./texts/texts.ts";

export interface Refusal {
  readonly code: ApiErrorCode;
  readonly requestId: string;
  readonly problem: ShopperProblem;
}

const ASKED_ANEW: Partial<Record<ApiErrorCode, ShopperProblem>> = {
  amount_out_of_range: "amount",
  origin_not_allowed: "other_page",
  price_changed: "price_changed",
};

/** Returns the problem of a form that the shopper can correct or must agree to; undefined for any other error. */
export function askedAnewBy(code: ApiErrorCode): ShopperProblem | undefined {
  return ASKED_ANEW[code];
}

/** Returns the page that explains why a form was rejected, with a form for the same purchase at the current price. */
export function refusedPayPage(
  { product, form }: { readonly product: ForSale; readonly form: PayForm },
  { code, requestId, problem }: Refusal,
  language: Language,
): Page {
  const { title, text } = language.texts.problems[problem];
  return {
    status: API_ERRORS[code].status,
    title,
    frame: shopperFrame(language, product.payee),
    main: html`<section class="card">
<h1>${title}</h1>
<p>${text}</p>
<h2>${product.title}</h2>
${whatIsForSale(product, form, language)}
${noteToMerchant({ code, requestId }, language)}
</section>`,
  };
}
