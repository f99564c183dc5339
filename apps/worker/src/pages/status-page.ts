import { isEnded } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import type { Progress } from "../checkout/progress.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { shopperFrame } from "./shopper-frame.ts";
import type { Language } from "./texts/language.ts";
import type { Words } from "./texts/texts.ts";
import { WATCH_SCRIPT } from "./status-script.ts";

const SHORTEST_PAUSE_S = 5;
const LONGEST_PAUSE_S = 60;

/**
 * Returns the status page of a payment, for shops without a page of their own. The page polls until the status is
 * final; without JavaScript, it has a link to reload it. It never reloads itself, because that would move the focus and
 * interrupt a screen reader.
 */
export function statusPage(progress: Progress, language: Language, now: number): Page {
  const { status, amount, reference, payee } = progress;
  const texts = language.texts.status;
  const { title, text } = wordsFor(progress, texts);
  const pause = pauseOf(progress, now);
  return {
    title,
    frame: shopperFrame(language, payee),
    script: pause === null ? undefined : WATCH_SCRIPT,
    main: html`<section class="card">
<div role="status" data-live="news">
<p class="state state-${status}" aria-hidden="true"></p>
<h1 tabindex="-1">${title}</h1>
<p>${text}</p>
</div>
<dl class="facts">
<div><dt>${texts.amount}</dt><dd><strong>${formatAmount(amount, language.locale)}</strong></dd></div>
${reference !== null && html`<div><dt>${texts.reference}</dt><dd>${reference}</dd></div>`}
</dl>
<div data-live="ways-on">${waysOn(progress, texts)}</div>
${pause !== null && watching(pause, texts)}
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

/** Returns the note that the page updates. The page's script shows it, because it is not true without JavaScript. */
function watching(pause: number, texts: Language["texts"]["status"]): Html {
  return html`<p class="soft after" data-watching="${pause}" hidden>${texts.updates}</p>
<noscript><p class="actions"><a class="button secondary" href="">${texts.refresh}</a></p></noscript>`;
}

/**
 * Returns the seconds until the next poll; null once the status is final. The pause is short after a change and grows
 * with time, so that a forgotten tab does not poll at that rate forever.
 */
function pauseOf({ status, isReusable, heardAt }: Progress, now: number): number | null {
  if (isEnded(status) || isReusable) return null;
  const seconds = Math.round((now - heardAt) / 10_000);
  return Math.min(Math.max(seconds, SHORTEST_PAUSE_S), LONGEST_PAUSE_S);
}
