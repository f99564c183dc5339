import { setTimeout as pause } from "node:timers/promises";
import type { Cart } from "./random-shop.ts";

export interface CheckedOut {
  /** The amount that each shopper was shown, by pay URL. */
  readonly shown: ReadonlyMap<string, string>;
  readonly refused: number;
}

/** The origin of the shoppers' page, and the merchant's key. */
export interface Counter {
  readonly workerUrl: string;
  readonly shopUrl: string;
  readonly publishableKey: string;
}

interface Checkout {
  readonly url: string;
  readonly amount: { readonly value: string };
}

const SHOPPERS_AT_ONCE = 8;

/** Sends each cart to the Worker, as the button would. Prints the first rejection. */
export async function checkOut(carts: readonly Cart[], counter: Counter): Promise<CheckedOut> {
  const shown = new Map<string, string>();
  let refused = 0;
  const waiting = carts.values();
  const shopper = async (): Promise<void> => {
    for (const items of waiting) {
      const answer = await pay(items, counter);
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

/**
 * Retries as often as the Worker requests it: the Worker observes Qonto's rate limits, and this benchmark exceeds them.
 */
async function pay(items: Cart, { workerUrl, shopUrl, publishableKey }: Counter): Promise<Response> {
  for (;;) {
    const answer = await fetch(`${workerUrl}/v1/checkouts`, {
      method: "POST",
      headers: { Origin: shopUrl },
      body: JSON.stringify({ publishable_key: publishableKey, items }),
    });
    const retryAfter = answer.headers.get("Retry-After");
    if (answer.status !== 503 || retryAfter === null) return answer;
    await answer.text();
    await pause(Number(retryAfter) * 1000);
  }
}
