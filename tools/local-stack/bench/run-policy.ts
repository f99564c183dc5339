import type { LocalStack } from "../local-stack.ts";
import { seedMerchant } from "../seed-merchant.ts";
import { checkOut } from "./check-out.ts";
import { controlSandbox } from "./control-sandbox.ts";
import { linksAtQonto } from "./links-at-qonto.ts";
import type { RandomShop } from "./random-shop.ts";

export interface PolicyResult {
  readonly sentToAnotherAmount: number;
  readonly refused: number;
  /** Links that no shopper was sent to: the Worker minted another one instead. */
  readonly secondTries: number;
  /** The number of the last such link, counted from 1; 0 where there is none. */
  readonly lastSecondTry: number;
}

/** Sells a shop's carts while Qonto rounds by the policy, to a merchant of which the Worker knows nothing yet. */
export async function runPolicy(
  policy: { readonly level: string; readonly mode: string },
  { products, carts }: RandomShop,
  stack: LocalStack,
): Promise<PolicyResult> {
  await controlSandbox(stack.sandboxUrl, "POST", "reset");
  await controlSandbox(stack.sandboxUrl, "PUT", "rate_limits", { per_10_seconds: null, per_10_minutes: null });
  await controlSandbox(stack.sandboxUrl, "PUT", "webhooks", { mode: "drop" });
  await controlSandbox(stack.sandboxUrl, "PUT", "rounding_policy", policy);
  const name = `bench-${policy.level}-${policy.mode.replace("_", "-")}`;
  await seedMerchant({ name, secret_key: `sk_sandbox_${name}_local_only`, products }, stack);

  const { shown, refused } = await checkOut(carts, name, stack);
  const links = await linksAtQonto(stack.sandboxUrl);
  const charged = new Map(links.map((link) => [link.url, link.amount.value]));
  const isUnused = (link: { readonly url: string }) => !shown.has(link.url);
  return {
    sentToAnotherAmount: [...shown].filter(([url, amount]) => charged.get(url) !== amount).length,
    refused,
    secondTries: links.filter(isUnused).length,
    lastSecondTry: links.findLastIndex(isUnused) + 1,
  };
}
