import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { noteToMerchant } from "./note-to-merchant.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { shopperFrame } from "./shopper-frame.ts";
import type { Language } from "./texts/language.ts";
import type { ShopperProblem } from "./texts/texts.ts";

export interface ProblemOfShopper {
  readonly code: ApiErrorCode;
  readonly requestId: string;
  /** Address at which the shopper can try again; null if that would not help. */
  readonly wayOn: string | null;
}

const PROBLEMS: Partial<Record<ApiErrorCode, ShopperProblem>> = {
  amount_out_of_range: "not_like_this",
  body_too_large: "not_like_this",
  checkout_not_found: "no_such_checkout",
  invalid_request: "not_like_this",
  merchant_not_connected: "not_now",
  not_found: "not_for_sale",
  origin_not_allowed: "other_page",
  overloaded: "busy",
  price_changed: "price_changed",
  product_not_found: "not_for_sale",
  qonto_rate_limited: "busy",
  qonto_refused: "not_now",
  qonto_unavailable: "busy",
  quantity_out_of_range: "quantity",
  storage_full: "not_now",
  rate_limited: "busy",
};

/** Problems that trying again does not solve. */
const FINAL: ReadonlySet<ShopperProblem> = new Set(["not_for_sale", "no_such_checkout", "not_like_this", "quantity"]);

/** Returns a problem in words for the shopper, with the code for the shop. */
export function shopperProblemPage({ code, requestId, wayOn }: ProblemOfShopper, language: Language): Page {
  const { problems } = language.texts;
  const problem = PROBLEMS[code] ?? "other";
  const { title, text } = problems[problem];
  return {
    status: API_ERRORS[code].status,
    title,
    frame: shopperFrame(language, null),
    main: html`<section class="card">
<h1>${title}</h1>
<p>${text}</p>
${wayOn !== null && !FINAL.has(problem) && html`<p class="actions"><a class="button" href="${wayOn}">${problems.goOn}</a></p>`}
${noteToMerchant({ code, requestId }, language)}
</section>`,
  };
}
