import type { LateMessageName } from "../button-messages.ts";

/** The texts for later states. Those for the first paint and the first click are in `../button-messages.ts`. */
const en: Readonly<Record<LateMessageName, string>> = {
  waiting_hint: "Not paid yet. The button continues this payment.",
  tab_hint: "Pay in the other tab. This page will tell you when it is done.",
  qr_hint:
    "Scan the code to pay with your phone, or pay on this device with the button. This page will tell you when it is done.",
  qr_code: "QR code of the payment page",
  processing_spoken: "Your payment is being processed.",
  paid_spoken: "Your payment was received.",
  reference: "Reference",
  price_now: "The price is now {now} (was {was}).",
  bad_answer: "The payment service gave an unexpected answer. Please try again.",
  incomplete: "This payment button is not set up completely.",
  pay_url_not_allowed: "The payment page can't be confirmed as genuine.",
  popup_blocked: "The payment page can't be opened from here. Allow tabs, or open this page in its own tab.",
  price_changed: "The price has changed. Please check it before you pay.",
  offer_expired: "This offer has expired. Please reload the page.",
  order_already_paid: "This order is already paid, or its payment is in progress. There is no need to pay again.",
  amount_out_of_range: "This amount can't be paid here.",
  quantity_out_of_range: "This quantity is not available here.",
  unavailable: "The payment could not be started. Please try again in a few minutes.",
};
export default en;
