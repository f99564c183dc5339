import type { Texts } from "./texts.ts";

export const en: Texts = {
  brand: "Payment by Qonto",
  sandbox: "Sandbox: no money moves",
  pay: {
    button: "Go to payment",
    onward: "You will pay on Qonto’s secure payment page.",
    amount: (currency) => `Amount in ${currency}`,
    bounds: (min, max) => `From ${min} to ${max}.`,
    quantity: (quantity) => `Quantity: ${quantity}`,
    vat: (rate) => `Including ${rate} VAT`,
  },
  status: {
    open: {
      title: "Not paid yet",
      text: "We have not received a payment yet. If you have just paid, this page will show it in a moment.",
    },
    processing: {
      title: "Your payment is being processed",
      text: "This can take a while. You do not need to pay again.",
    },
    paid: { title: "Thank you, this is paid", text: "Your payment has been received. You can close this page." },
    expired: {
      title: "This payment has expired",
      text: "It can no longer be paid. If you still wish to buy, please begin again in the shop.",
    },
    canceled: {
      title: "This payment was canceled",
      text: "It can no longer be paid. If you still wish to buy, please begin again in the shop.",
    },
    reusable: {
      title: "Ready to be paid",
      text: "Several people can pay here, so this page does not show single payments.",
    },
    amount: "Amount",
    reference: "Reference",
    pay: "Go to payment",
    back: "Back to the shop",
    updates: "This page updates automatically.",
    refresh: "Refresh",
  },
  challenge: {
    title: "One moment, please",
    text: "This shop is receiving an unusual number of requests, so we are checking your browser before you continue. Nothing was charged.",
    solving: "Checking your browser…",
    wait: (seconds) => `Please wait ${seconds} seconds, then continue.`,
    goOn: "Continue",
  },
  problems: {
    not_for_sale: {
      title: "This is not for sale",
      text: "The link is not complete, or the shop no longer sells this. Please ask the shop.",
    },
    no_such_checkout: {
      title: "This page can’t be shown",
      text: "The link is not complete, or there is no such payment. Please open it again from where you received it.",
    },
    amount: { title: "This amount can’t be paid here", text: "Please choose another amount. Nothing was charged." },
    quantity: {
      title: "This quantity can’t be bought",
      text: "Please choose another quantity in the shop. Nothing was charged.",
    },
    not_like_this: {
      title: "This can’t be bought like this",
      text: "The shop’s page asks for something that can’t be paid here. Please tell the shop the code below. Nothing was charged.",
    },
    price_changed: {
      title: "The price has changed",
      text: "Please look at the new price before you continue. Nothing was charged.",
    },
    other_page: {
      title: "Please confirm here",
      text: "You came from a page that the shop has not named to us. Nothing was charged.",
    },
    not_now: {
      title: "This shop can’t take payments at the moment",
      text: "Please try again later, or ask the shop. Nothing was charged.",
    },
    busy: {
      title: "The payment page can’t be reached right now",
      text: "Please try again in a moment.",
    },
    other: {
      title: "That did not work",
      text: "Please try again. If it happens again, tell the shop the code below.",
    },
    goOn: "Try again",
    code: "Code",
    request: "request",
  },
};
