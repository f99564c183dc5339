import { isEnded } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import type { Progress } from "../merchant/progress.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { shopperFrame } from "./shopper-frame.ts";
import type { Language } from "./texts/language.ts";
import type { Words } from "./texts/texts.ts";

const SHORTEST_REFRESH_S = 5;
const LONGEST_REFRESH_S = 60;

/** How a payment stands, for shops without a page of their own. It asks for itself again until there is an end. */
export function statusPage(progress: Progress, language: Language, now: number): Page {
  const { status, amount, reference, payee } = progress;
  const texts = language.texts.status;
  const { title, text } = wordsFor(progress, texts);
  const refreshAfter = refreshAfterOf(progress, now);
  return {
    title,
    frame: shopperFrame(language, payee),
    refreshAfter,
    main: html`<section class="card">
<p class="state state-${status}" aria-hidden="true"></p>
<h1>${title}</h1>
<p>${text}</p>
<dl class="facts">
<div><dt>${texts.amount}</dt><dd><strong>${formatAmount(amount, language.locale)}</strong></dd></div>
${reference !== null && html`<div><dt>${texts.reference}</dt><dd>${reference}</dd></div>`}
</dl>
${waysOn(progress, texts)}
${refreshAfter !== undefined && html`<p class="soft after">${texts.refreshes}</p>`}
</section>`,
  };
}

function wordsFor({ status, isReusable }: Progress, texts: Language["texts"]["status"]): Words {
  return status === "open" && isReusable ? texts.reusable : texts[status];
}

function waysOn({ payUrl, backUrl }: Progress, texts: Language["texts"]["status"]): Html | null {
  if (payUrl === null && backUrl === null) return null;
  return html`<p class="actions">
${payUrl !== null && html`<a class="button" rel="noreferrer" href="${payUrl}">${texts.pay}</a>`}
${backUrl !== null && html`<a class="button${payUrl !== null && " secondary"}" href="${backUrl}">${texts.back}</a>`}
</p>`;
}

/** Soon after something was heard, and less and less often: a tab that is forgotten must not ask for ever at that pace. */
function refreshAfterOf({ status, isReusable, heardAt }: Progress, now: number): number | undefined {
  if (isEnded(status) || isReusable) return undefined;
  const seconds = Math.round((now - heardAt) / 10_000);
  return Math.min(Math.max(seconds, SHORTEST_REFRESH_S), LONGEST_REFRESH_S);
}
