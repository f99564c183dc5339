import type { ApiErrorCode } from "@qonto-pay/core/api";
import { type Html, html } from "./html.ts";
import type { Language } from "./texts/language.ts";

/** Returns the last line of a problem page: the code and the request id, which the shopper can send to the shop. */
export function noteToMerchant(
  { code, requestId }: { readonly code: ApiErrorCode; readonly requestId: string },
  { texts: { problems } }: Language,
): Html {
  return html`<p class="code">${problems.code} <code>${code}</code>, ${problems.request} <code>${requestId}</code></p>`;
}
