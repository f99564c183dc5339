import { setTimeout as pause } from "node:timers/promises";
import type { Cart } from "./random-shop.ts";

export interface CheckedOut {
  /** The amount that each shopper was shown, by the URL where it is to be paid. */
  readonly shown: ReadonlyMap<string, string>;
  readonly refused: number;
}

/** Where shoppers come from, and whose shop it is. */
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

/** Sends each cart to the Worker, as the button would. The first refusal is printed. */
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

/** Comes back as often as the Worker asks for it: it keeps Qonto's rate limits, and this is more than they let through. */
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
