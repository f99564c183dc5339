import type { PaymentMethodName } from "@qonto-pay/core/qonto";

const NAMES: Readonly<Record<PaymentMethodName, string>> = {
  credit_card: "Visa, Mastercard",
  apple_pay: "Apple Pay",
  paypal: "PayPal",
  ideal: "iDEAL",
};

/** Draws the names of payment methods in the listed order. Unknown names are ignored. */
export function drawMethodMarks(place: Element, listed: string): void {
  const names = listed.split(/\s+/).filter((name) => Object.hasOwn(NAMES, name));
  const marks = names.map((name) => {
    const mark = document.createElement("span");
    mark.textContent = NAMES[name as PaymentMethodName];
    // Through CSSOM, which no content security policy blocks.
    mark.style.cssText = "padding: 0 0.375rem; border: 1px solid; border-radius: 0.25rem";
    return mark;
  });
  place.replaceChildren(...marks);
}
