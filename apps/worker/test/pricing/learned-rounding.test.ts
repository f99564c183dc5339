import { env } from "cloudflare:test";
import { ROUNDING_POLICIES } from "@qonto-pay/core/money";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { fetchWorker } from "../support/fetch-worker.ts";
import { callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import { checkoutFor, openShop, openMerchant, WORKER, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);

const RATES = ["0", "2.1", "5.5", "7", "9", "10", "19", "20", "21", "22", "25.5"];

/** Products at random prices, and the random carts of shoppers. */
const cart = fc.record({
  products: fc.array(
    fc.record({
      cents: fc.integer({ min: 1, max: 50_000 }),
      tax_behavior: fc.constantFrom("inclusive", "exclusive"),
      vat_rate: fc.constantFrom(...RATES),
      quantity: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

/** For each policy. The extended tests buy 25. */
const CARTS = Number((env as unknown as Record<string, string>)["ROUNDED_CARTS"]);

describe.each(ROUNDING_POLICIES)("when Qonto rounds by $level, $mode", (policy) => {
  it("every shopper pays the amount shown, and no one is rejected", async () => {
    await control("PUT", "rounding_policy", policy);
    const carts = fc.sample(cart, { seed: 20261120, numRuns: CARTS });
    for (const { products } of carts) {
      await openMerchant(
        "demo",
        products.map(({ cents, tax_behavior, vat_rate }, index) => ({
          id: `p${index}`,
          title: `Thing ${index}`,
          price: { value: (cents / 100).toFixed(2), currency: "EUR" },
          tax_behavior,
          vat_rate,
        })),
      );
      const items = products.map(({ quantity }, index) => ({ product: `p${index}`, quantity }));
      const checkout = await checkoutFor({ items });
      const link = (await linksAtQonto()).find((candidate) => candidate.url === checkout.url);
      expect(link?.amount).toEqual(checkout.amount);
    }
  });

  it("a rounding policy that proves wrong is tried once, then never again", async () => {
    await control("PUT", "rounding_policy", policy);
    const prices = [999, 1999, 333, 73, 4999, 1234];
    await openMerchant(
      "demo",
      prices.map((cents, index) => ({
        id: `p${index}`,
        title: `Thing ${index}`,
        price: { value: (cents / 100).toFixed(2), currency: "EUR" },
        tax_behavior: "inclusive",
        vat_rate: index % 2 === 0 ? "20" : "7",
      })),
    );
    const carts = [3, 7, 11].map((quantity) => prices.map((_, index) => ({ product: `p${index}`, quantity })));
    for (let round = 0; round < 9; round += 1) for (const items of carts) await checkoutFor({ items });
    await control("DELETE", "journal");
    for (const items of carts) await checkoutFor({ items });
    expect(await callsOf("createPaymentLink")).toHaveLength(carts.length);
  });
});

it("the merchant can read the learned policies", async () => {
  await control("PUT", "rounding_policy", { level: "total", mode: "half_up" });
  const bottle = {
    title: "Bottle",
    price: { value: "1.11", currency: "EUR" },
    tax_behavior: "exclusive",
    vat_rate: "20",
  };
  const headers = { Authorization: `Bearer ${secretKeyOf("demo")}` };
  const save = () =>
    fetchWorker(`${WORKER}/v1/products/bottle`, { method: "PUT", headers, body: JSON.stringify(bottle) }).then(
      (answer) => answer.json<{ rounding_policies: readonly { level: string }[] }>(),
    );
  expect((await save()).rounding_policies).toHaveLength(10);
  for (let quantity = 1; quantity <= 20; quantity += 1) {
    await checkoutFor({
      items: [
        { product: "bottle", quantity },
        { product: "poster", quantity },
        { product: "mug", quantity },
      ],
    });
  }
  const learned = (await save()).rounding_policies;
  expect(learned.length).toBeLessThan(10);
  expect(learned).toContainEqual({ level: "total", mode: "half_up" });
});
