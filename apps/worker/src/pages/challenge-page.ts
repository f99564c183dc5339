import { API_ERRORS, type Challenge } from "@qonto-pay/core/api";
import { CHALLENGE_SCRIPT } from "./challenge-script.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { noteToMerchant } from "./note-to-merchant.ts";
import { shopperFrame } from "./shopper-frame.ts";
import type { Language } from "./texts/language.ts";

/** A form that is sent again with a proof of work, or after a wait. */
export interface ChallengedForm {
  /** The address of the form, a path. */
  readonly action: string;
  /** The fields of the form, as the shopper's browser sent them. */
  readonly fields: URLSearchParams;
  readonly challenge: Challenge;
  readonly waitPass: string;
  readonly waitSeconds: number;
  readonly requestId: string;
}

/** The fields that a purchase consists of. Others are not sent again. */
const KEPT = ["quantity", "amount", "reference", "shown_amount"];

/**
 * Returns the page that checks the shopper's browser during a flood. Its script solves the challenge and continues;
 * without JavaScript, the shopper waits and presses the button.
 */
export function challengePage(form: ChallengedForm, language: Language): Page {
  const { action, fields, waitPass, waitSeconds, requestId } = form;
  const { attempt_id: attemptId, ...challenge } = form.challenge;
  const texts = language.texts.challenge;
  const kept = [...fields].filter(([name]) => KEPT.includes(name));
  return {
    status: API_ERRORS.challenge_required.status,
    title: texts.title,
    frame: shopperFrame(language, null),
    script: CHALLENGE_SCRIPT,
    main: html`<section class="card">
<h1>${texts.title}</h1>
<p>${texts.text}</p>
<p role="status" data-solving hidden>${texts.solving}</p>
<p data-waiting>${texts.wait(waitSeconds)}</p>
<form method="post" action="${action}" data-challenge="${JSON.stringify(challenge)}">
<input type="hidden" name="attempt_id" value="${attemptId}">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<input type="hidden" name="challenge_solution" value="">
<input type="hidden" name="wait_pass" value="${waitPass}">
<button type="submit">${texts.goOn}</button>
</form>
${noteToMerchant({ code: "challenge_required", requestId }, language)}
</section>`,
  };
}
