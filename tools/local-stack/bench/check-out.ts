import type { LocalStack } from "../local-stack.ts";
import type { Cart } from "./random-shop.ts";

export interface CheckedOut {
  /** The amount that each shopper was shown, by the URL where it is to be paid. */
  readonly shown: ReadonlyMap<string, string>;
  readonly refused: number;
}

interface Checkout {
  readonly url: string;
  readonly amount: { readonly value: string };
}

const SHOPPERS_AT_ONCE = 8;

/** Sends each cart to the Worker, as the button would. The first refusal is printed. */
export async function checkOut(carts: readonly Cart[], merchant: string, stack: LocalStack): Promise<CheckedOut> {
  const shown = new Map<string, string>();
  let refused = 0;
  const waiting = carts.values();
  const shopper = async (): Promise<void> => {
    for (const items of waiting) {
      const answer = await fetch(`${stack.workerUrl}/v1/checkouts`, {
        method: "POST",
        headers: { Origin: stack.shopUrl },
        body: JSON.stringify({ key: `pk_sandbox_${merchant}`, items }),
      });
      if (answer.ok) {
        const checkout = (await answer.json()) as Checkout;
        shown.set(checkout.url, checkout.amount.value);
      } else {
        refused += 1;
        if (refused === 1) console.error(await answer.text());
      }
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS_AT_ONCE }, shopper));
  return { shown, refused };
}
