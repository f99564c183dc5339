/** The shopper's input. */
export interface CardForm {
  readonly cardNumber: string;
  readonly expirationDate: string;
  readonly cvc: string;
}

export type CardField = keyof CardForm;

/** The error of each field; empty if the card is accepted. */
export type CardErrors = Readonly<Partial<Record<CardField, string>>>;

/** The test card of Qonto's guide, the only one that the sandbox accepts. */
export const TEST_CARD = "4543 4740 0224 9996";

/**
 * Checks a card as a processor would. The expiration date is `MM/YY` or `MM/YYYY`; a card is valid until the end of
 * that month. `now` is in milliseconds since 1970.
 */
export function checkCard(form: CardForm, now: number): CardErrors {
  const errors = {
    cardNumber: checkNumber(form.cardNumber),
    expirationDate: checkExpiration(form.expirationDate, now),
    cvc: /^\d{3}$/.test(form.cvc.trim()) ? undefined : "Enter the 3 digits on the back of your card.",
  };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== undefined));
}

function checkNumber(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s-]/g, "");
  if (digits === "") return "Enter your card number.";
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) return "This card number is invalid.";
  if (digits !== TEST_CARD.replaceAll(" ", ""))
    return "Your card was declined. The sandbox only accepts the test card.";
  return undefined;
}

/** Whether the check digit is right (ISO/IEC 7812-1). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 1; place <= digits.length; place += 1) {
    const digit = Number(digits.at(-place)) * (place % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

function checkExpiration(typed: string, now: number): string | undefined {
  const [, month, year] = /^\s*(0?[1-9]|1[0-2])\s*[/-]?\s*(\d{2}|\d{4})\s*$/.exec(typed) ?? [];
  if (month === undefined || year === undefined) return "Enter the expiration date as MM/YY.";
  const firstDayAfter = Date.UTC(Number(year.length === 2 ? `20${year}` : year), Number(month), 1);
  return firstDayAfter <= now ? "This card has expired." : undefined;
}
