import type { Challenge, CheckoutCreated } from "@qonto-pay/core/api";
import { challengeIn } from "./solve.ts";

/** The page of a merchant: where it sends its clicks. */
export interface ShopPage {
  readonly workerUrl: string;
  readonly shopUrl: string;
  readonly publishableKey: string;
}

/** The answer to a click. */
export interface Clicked {
  readonly checkout?: CheckoutCreated;
  readonly challenge?: Challenge;
  readonly status: number;
}

/** Sends a click on the button, from an address as Cloudflare would report it. */
export async function click(
  { workerUrl, shopUrl, publishableKey }: ShopPage,
  address: string,
  fields: { readonly attempt_id: string; readonly challenge_solution?: string },
): Promise<Clicked> {
  const answer = await fetch(`${workerUrl}/v1/checkouts`, {
    method: "POST",
    headers: { Origin: shopUrl, "CF-Connecting-IP": address },
    body: JSON.stringify({ publishable_key: publishableKey, product: "mug", ...fields }),
  });
  const text = await answer.text();
  const { status } = answer;
  if (answer.ok) return { status, checkout: JSON.parse(text) as CheckoutCreated };
  const challenge = challengeIn(text);
  return challenge === undefined ? { status } : { status, challenge };
}
