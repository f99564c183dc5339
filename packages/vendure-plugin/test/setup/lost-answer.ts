import { expect } from "vitest";
import type { Shop } from "./shop.ts";
import type { Storefront } from "./storefront.ts";

export const COULD_NOT_START = "The payment could not be started. Please try again in a moment.";

/** Opens a checkout whose response does not reach the shop. @returns its id. */
export async function openUnheard(shop: Shop, shopper: Storefront): Promise<string> {
  shop.gate.beforeAsking = (method) => {
    shop.gate.losesAnswers = method === "POST";
  };
  expect(await shopper.pay()).toMatchObject({ message: COULD_NOT_START });
  shop.gate.reset();
  const { data } = await shop.qontoPay.checkouts.list({ limit: 1 });
  expect(data).toEqual([expect.objectContaining({ status: "open", url: expect.any(String) as string })]);
  return data[0]?.id ?? "";
}
