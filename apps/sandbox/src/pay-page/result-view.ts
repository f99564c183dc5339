import { formatAmount } from "@qonto-pay/core/format";
import type { PaymentLinkStatus, PaymentStatus } from "@qonto-pay/core/qonto";
import { isPayable } from "../payment-links/record-payment.ts";
import type { StoredPayment, StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { payPath } from "./find-pay-link.ts";
import { LANGUAGE } from "../pages/layout.ts";
import { type Markup, markup, NOTHING } from "../pages/markup.ts";
import { type Message, messageView } from "../pages/message-view.ts";
import { METHOD_NAMES } from "./payment-form.ts";
import { capitalized } from "./status-form.ts";

const RESULTS: Readonly<Record<PaymentStatus, Message>> = {
  paid: { title: "Payment received", text: "Thank you. You can go back to the shop.", mood: "good" },
  authorized: {
    title: "Payment authorized",
    text: "It will be settled soon. You can go back to the shop.",
    mood: "good",
  },
  pending: {
    title: "Payment in progress",
    text: "It is being processed. You can go back to the shop.",
    mood: "neutral",
  },
  open: { title: "Payment not completed", text: "It is still open: nothing was charged.", mood: "neutral" },
  failed: { title: "Payment failed", text: "Nothing was charged.", mood: "bad" },
  canceled: { title: "Payment canceled", text: "Nothing was charged.", mood: "bad" },
  expired: { title: "Payment expired", text: "It took too long. Nothing was charged.", mood: "bad" },
};

const CLOSED: Readonly<Record<Exclude<PaymentLinkStatus, "open">, Message>> = {
  paid: { title: "Already paid", text: "This payment link was paid and accepts no second payment.", mood: "good" },
  processing: {
    title: "Payment in progress",
    text: "A payment by this link is being processed. There is nothing more to do.",
    mood: "neutral",
  },
  canceled: {
    title: "No longer active",
    text: "This payment link was deactivated. Ask the seller for a new one.",
    mood: "bad",
  },
  expired: { title: "Expired", text: "This payment link has expired. Ask the seller for a new one.", mood: "bad" },
};

/** Returns the result of a payment. It has no way back to the shop, because Qonto's page has none. */
export function resultView(world: World, link: StoredPaymentLink, payment: StoredPayment): Markup {
  const retry = isPayable(link) && RESULTS[payment.status].mood !== "good";
  return messageView(
    RESULTS[payment.status],
    markup`${retry ? markup`<p><a href="${payPath(link)}">Try again</a></p>` : NOTHING}
<dl class="facts">
<div><dt>Amount</dt><dd>${formatAmount(payment.amount, LANGUAGE)}</dd></div>
<div><dt>To</dt><dd>${world.store.state.organization.name}</dd></div>
<div><dt>Method</dt><dd>${METHOD_NAMES[payment.payment_method]}</dd></div>
<div><dt>Status</dt><dd>${capitalized(payment.status)}</dd></div>
<div><dt>Payment</dt><dd>${payment.id}</dd></div>
</dl>`,
  );
}

/** Returns the reason why the link accepts no payment. */
export function closedView(status: Exclude<PaymentLinkStatus, "open">): Markup {
  return messageView(CLOSED[status]);
}

/** Returns the message for a URL without a link. */
export function missingView(): Markup {
  return messageView({ title: "Not found", text: "No payment link exists at this address.", mood: "bad" });
}
