import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { GraphqlSession } from "./graphql-session.ts";
import { Shop } from "./shop.ts";
import type { Storefront } from "./storefront.ts";

/** A running shop with the merchant's session. */
export interface OpenShop {
  readonly shop: Shop;
  readonly admin: GraphqlSession;
}

/** A shopper and the order code of their cart. */
export interface FilledCart {
  readonly shopper: Storefront;
  readonly code: string;
}

/**
 * Opens one shop for a test file, and fills the cart of a new shopper before each test. After each test, removes rules
 * and faults, and enables webhooks.
 *
 * @param onOpen is called and awaited once, and may change the shop.
 * @param onCart is called before each test.
 */
export function useShop(onOpen: (open: OpenShop) => unknown, onCart: (cart: FilledCart) => void, mugs = 1): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
    await onOpen({ shop, admin: await shop.admin() });
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    const shopper = shop.storefront();
    await shopper.fillCart("Mug", mugs);
    onCart({ shopper, code: (await shopper.cart())?.code ?? "" });
  });
  afterEach(async () => {
    shop.gate.reset();
    shop.rules.reset();
    await shop.hearsWebhooks(true);
  });
}
