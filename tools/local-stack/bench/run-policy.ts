import { connectMerchant } from "../merchants/connect-merchant.ts";
import { controlSandbox } from "../servers/control-sandbox.ts";
import type { LocalBackend } from "../servers/local-backend.ts";
import { checkOut } from "./check-out.ts";
import { linksAtQonto } from "./links-at-qonto.ts";
import type { Cart, RandomShop } from "./random-shop.ts";

export interface PolicyResult {
  readonly sentToAnotherAmount: number;
  readonly refused: number;
  /** Links that no shopper was sent to, because the Worker created another one instead. */
  readonly secondTries: number;
  /** The number of the last such link of a merchant, counted from 1; 0 if there is none. */
  readonly lastSecondTry: number;
}

export interface Policy {
  readonly level: string;
  readonly mode: string;
}

/**
 * The Worker observes Qonto's limit of 10,000 requests in 10 minutes for each merchant: it makes about 3,700 for shoppers
 * at full speed. Some carts take several.
 */
const CARTS_OF_ONE_MERCHANT = 2_500;

/** The origin of the shoppers' pages, which do not exist. */
const SHOP_URL = "http://localhost:5173";

/**
 * Sells a shop's carts while Qonto rounds by the policy, to new merchants for whom the Worker has learned no policy
 * yet.
 */
export async function runPolicy(policy: Policy, shop: RandomShop, backend: LocalBackend): Promise<PolicyResult> {
  const total = { sentToAnotherAmount: 0, refused: 0, secondTries: 0, lastSecondTry: 0 };
  for (let first = 0; first < shop.carts.length; first += CARTS_OF_ONE_MERCHANT) {
    const carts = shop.carts.slice(first, first + CARTS_OF_ONE_MERCHANT);
    const name = `bench-${policy.level}-${policy.mode.replace("_", "-")}-${first / CARTS_OF_ONE_MERCHANT}`;
    const sold = await sell(policy, { name, products: shop.products }, carts, backend);
    total.sentToAnotherAmount += sold.sentToAnotherAmount;
    total.refused += sold.refused;
    total.secondTries += sold.secondTries;
    total.lastSecondTry = Math.max(total.lastSecondTry, sold.lastSecondTry);
  }
  return total;
}

async function sell(
  policy: Policy,
  merchant: Parameters<typeof connectMerchant>[0],
  carts: readonly Cart[],
  backend: LocalBackend,
): Promise<PolicyResult> {
  const { sandboxUrl } = backend;
  await controlSandbox(sandboxUrl, "POST", "reset");
  await controlSandbox(sandboxUrl, "PUT", "rate_limits", { per_10_seconds: null, per_10_minutes: null });
  await controlSandbox(sandboxUrl, "PUT", "webhooks", { mode: "drop" });
  await controlSandbox(sandboxUrl, "PUT", "rounding_policy", policy);
  const target = { ...backend, shopUrl: SHOP_URL };
  const { publishable_key } = await connectMerchant(merchant, target);

  const { shown, refused } = await checkOut(carts, { ...target, publishableKey: publishable_key });
  const links = await linksAtQonto(sandboxUrl);
  const charged = new Map(links.map((link) => [link.url, link.amount.value]));
  const isUnused = (link: { readonly url: string }) => !shown.has(link.url);
  return {
    sentToAnotherAmount: [...shown].filter(([url, amount]) => charged.get(url) !== amount).length,
    refused,
    secondTries: links.filter(isUnused).length,
    lastSecondTry: links.findLastIndex(isUnused) + 1,
  };
}
