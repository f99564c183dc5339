import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { ACTIVATION_URL, type BankAccount } from "@qonto-pay/core/qonto";
import type { BusinessForm, BusinessStep, ReturnedForm } from "../connection/onboarding.ts";
import { bankAccountText } from "./bank-account.ts";
import { field, problemsAbove } from "./field.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { stepList } from "./steps.ts";

const EMPTY: ReturnedForm = {
  form: { bank_account: "", phone: "", website: "", description: "" },
  wrong: [],
  descriptionLength: 0,
  problem: null,
};

const PROBLEMS = {
  qonto_refused: "Qonto did not accept these details. Please check them and send them again.",
  qonto_unavailable: "Qonto can't be reached at the moment. Nothing was lost: please send the form again in a while.",
  address_not_public:
    "Qonto does not accept the address of this page, to which it returns you. Nothing is wrong with your details. Tell the operator of this shop's payments: WORKER_URL must be a public https address, not localhost.",
} as const;

/** Codes of the API, for operators who search for them. */
const CODES = {
  qonto_refused: "qonto_refused",
  qonto_unavailable: "qonto_unavailable",
  address_not_public: "qonto_refused",
} as const satisfies Record<keyof typeof PROBLEMS, ApiErrorCode>;

/** Returns the form that connects a bank account to the payment provider. */
export function businessPage(merchant: string, step: BusinessStep, returned: ReturnedForm = EMPTY): Page {
  const { form, wrong, problem } = returned;
  const title = "Tell the payment provider about your business";
  const code = wrong.length > 0 ? "invalid_request" : problem === null ? null : CODES[problem];
  const errors = Object.fromEntries(wrong.map((name) => [name, errorOf(name, returned)]));
  return {
    status: code === null ? 200 : API_ERRORS[code].status,
    title: wrong.length > 0 ? `Please check: ${title}` : title,
    main: html`${stepList("business")}
<section class="card">
<h1>${title}</h1>
<p>Qonto's payment links are paid at a payment provider. It needs to know${step.organization !== null && html` of <strong>${step.organization}</strong>`}:</p>
${problemsAbove(errors, problem === null ? null : PROBLEMS[problem])}
${step.bankAccounts === null && problem === null ? cannotAsk(merchant) : formOf(merchant, step.bankAccounts ?? [], form, errors)}
${
  problem === "qonto_refused" &&
  html`<p>If your details are right, check that payment links are switched on in
<a rel="noreferrer" href="${ACTIVATION_URL}">Qonto's app</a>.</p>`
}
</section>
${code !== null && html`<p class="code">Code <code>${code}</code></p>`}`,
  };
}

function cannotAsk(merchant: string): Html {
  return html`<p class="note">Qonto can't be reached at the moment, so your bank accounts can't be shown. Nothing is lost.</p>
<p class="actions"><a class="button" href="/connect/${merchant}">Try again</a></p>`;
}

function formOf(
  merchant: string,
  accounts: readonly BankAccount[],
  form: BusinessForm,
  errors: Readonly<Record<string, string>>,
): Html {
  return html`<form method="post" action="/connect/${merchant}/connection" novalidate>
${accountChoices(accounts, form.bank_account, errors["bank_account"])}
${field({
  name: "phone",
  label: "Phone number",
  hint: "With + and the country code, like +33 6 12 34 56 78.",
  error: errors["phone"],
  control: (attributes) => html`<input type="tel" autocomplete="tel" required ${attributes} value="${form.phone}">`,
})}
${field({
  name: "website",
  label: "Website",
  hint: "Where your customers find you, like https://your-shop.example. At most 255 characters, and no @.",
  error: errors["website"],
  control: (attributes) =>
    html`<input type="text" inputmode="url" autocomplete="url" autocapitalize="none" spellcheck="false" required ${attributes} value="${form.website}">`,
})}
${field({
  name: "description",
  label: "What your business sells",
  hint: "At least 80 characters, about two sentences: what you sell, to whom, and how they get it.",
  error: errors["description"],
  control: (attributes) => html`<textarea rows="5" maxlength="2000" required ${attributes}>
${form.description}</textarea>`,
})}
<button type="submit">Connect</button>
</form>`;
}

function accountChoices(accounts: readonly BankAccount[], chosen: string, error: string | undefined): Html {
  const checked = accounts.some(({ id }) => id === chosen) ? chosen : accounts[0]?.id;
  return html`<fieldset id="bank_account" aria-describedby="bank_account-hint${error !== undefined && " bank_account-error"}">
<legend>Bank account</legend>
<p class="hint" id="bank_account-hint">This account receives the payments.</p>
${error !== undefined && html`<p class="error" id="bank_account-error">${error}</p>`}
<div class="choices">
${accounts.map(
  (account) => html`<label class="choice"><input type="radio" name="bank_account" value="${account.id}"${
    account.id === checked && html` checked`
  }><span>${bankAccountText(account)}</span></label>
`,
)}</div>
</fieldset>`;
}

function errorOf(name: keyof BusinessForm, { descriptionLength }: ReturnedForm): string {
  switch (name) {
    case "bank_account":
      return "Choose one of these bank accounts.";
    case "phone":
      return "Write the phone number with + and the country code, like +33612345678.";
    case "website":
      return "Write the address of a public website that begins with https:// or http://, without @ and spaces, of 255 characters at most.";
    case "description":
      return descriptionError(descriptionLength);
  }
}

function descriptionError(length: number): string {
  if (length > 80) return `Write 2,000 characters at most. These are ${length}.`;
  return `Write 80 characters or more. These are ${length}: ${80 - length} more, please.`;
}
