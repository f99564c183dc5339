import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";

export interface Problem {
  readonly code: ApiErrorCode;
  /** A text of the Worker that replaces the text of the code. */
  readonly message: string | undefined;
  readonly requestId: string;
  /** The merchant who wanted to connect, if known. */
  readonly merchant: string | null;
}

interface Words {
  readonly title: string;
  readonly text: string;
  /** Whether trying again could help. */
  readonly isWorthRetrying: boolean;
}

const BY_A_NEW_LINK = "Ask the operator of this shop's payments for a new link. Your previous steps are saved.";

/** Texts for a merchant. Codes that are not listed use their own message. */
const WORDS: Partial<Record<ApiErrorCode, Words>> = {
  invalid_connect_link: {
    title: "This link can't be used",
    text: `It was used already, has expired, or is incomplete. ${BY_A_NEW_LINK}`,
    isWorthRetrying: false,
  },
  invalid_connect_session: {
    title: "This browser can't continue",
    text: `You did not begin in this browser, or more than a day ago. Continue in the browser where you began. Otherwise: ${BY_A_NEW_LINK}`,
    isWorthRetrying: false,
  },
  authorization_denied: {
    title: "You denied access at Qonto",
    text: "Nothing was changed. Without your consent this shop can't create payment links.",
    isWorthRetrying: true,
  },
  invalid_authorization: {
    title: "That took too long, or was not expected",
    text: "Qonto's response is valid once, for ten minutes, in the browser that requested it. Nothing was changed.",
    isWorthRetrying: true,
  },
  authorization_failed: {
    title: "Qonto could not connect your account",
    text: "Nothing was changed. If it happens again, tell the operator of this shop's payments.",
    isWorthRetrying: true,
  },
  organization_mismatch: {
    title: "That is another organization",
    text: API_ERRORS.organization_mismatch.message,
    isWorthRetrying: true,
  },
  provider_url_not_allowed: {
    title: "The payment provider's address is unknown",
    text: "You were not sent there. Tell the operator of this shop's payments: the address must be allowed first.",
    isWorthRetrying: true,
  },
  origin_not_allowed: {
    title: "This did not come from our page",
    text: "A form was sent from somewhere else, or your browser does not show from where. Nothing was changed.",
    isWorthRetrying: true,
  },
  qonto_unavailable: {
    title: "Qonto can't be reached",
    text: "Nothing was changed. Please try again in a while.",
    isWorthRetrying: true,
  },
  qonto_rate_limited: {
    title: "Qonto gets too many requests at the moment",
    text: "Nothing was changed. Please try again in a minute.",
    isWorthRetrying: true,
  },
  internal_error: {
    title: "Something went wrong on our side",
    text: "Please try again. If it happens again, send the code below to the operator of this shop's payments.",
    isWorthRetrying: true,
  },
};

/** Returns the page of an error: its meaning, and a link to try again. */
export function problemPage({ code, message, requestId, merchant }: Problem): Page {
  const words = WORDS[code] ?? { title: "This can't be shown", text: API_ERRORS[code].message, isWorthRetrying: true };
  return {
    status: API_ERRORS[code].status,
    title: words.title,
    main: html`<section class="card">
<h1>${words.title}</h1>
<p>${message ?? words.text}</p>
${words.isWorthRetrying && merchant !== null && html`<p class="actions"><a class="button" href="/connect/${merchant}">Try again</a></p>`}
<p class="code">Code <code>${code}</code>, request <code>${requestId}</code></p>
</section>`,
  };
}
