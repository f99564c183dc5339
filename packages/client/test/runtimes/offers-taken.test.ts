import { beforeAll, expect, inject, it } from "vitest";
import { type Offer, OfferTooLargeError, signOffer } from "../../src/index.ts";
import { INVOICE, POSTER } from "../setup/bodies.ts";
import { type Merchant, newMerchant, SHOP } from "../setup/merchant.ts";

let merchant: Merchant;
beforeAll(async () => {
  merchant = await newMerchant();
});

/** Opens a checkout of an offer, as the button does. */
async function take(offer: string): Promise<{ id: string; amount: unknown }> {
  const response = await fetch(`${inject("workerUrl")}/v1/checkouts`, {
    method: "POST",
    headers: { Origin: SHOP },
    body: JSON.stringify({ publishable_key: merchant.publishableKey, offer }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as { id: string; amount: unknown };
}

function sign(offer: Partial<Offer>): Promise<string> {
  return signOffer(merchant.secretKey, {
    checkout: { items: [POSTER], reference: "CART-7" },
    expiresIn: 600,
    ...offer,
  });
}

it("each shopper gets their own checkout of an offer, with its price and reference", async () => {
  const token = await sign({});
  const [one, other] = await Promise.all([take(token), take(token)]);
  expect(one).toMatchObject({ amount: { value: "12.00", currency: "EUR" } });
  expect(other.id).not.toBe(one.id);
  expect(await merchant.qontoPay.checkouts.get(one.id)).toMatchObject({ reference: "CART-7" });
});

it("a single-use offer leads to one checkout, even after the page was rendered again", async () => {
  const offer: Partial<Offer> = { checkout: { invoice: INVOICE }, singleUse: true, id: "invoice-2026-00042" };
  const { id } = await take(await sign(offer));
  expect(await take(await sign({ ...offer, expiresIn: 900 }))).toMatchObject({ id });
});

it("an offer signed with a revoked key is rejected", async () => {
  const { secret_key, id } = await merchant.qontoPay.keys.create();
  const token = await signOffer(secret_key, { checkout: { items: [POSTER] }, expiresIn: 600 });
  await take(token);
  await merchant.qontoPay.keys.revoke(id);
  await expect(take(token)).rejects.toThrow("invalid_offer");
});

it("the Worker accepts the longest offer that signOffer signs", async () => {
  const signLines = (count: number) => sign({ checkout: { items: Array.from({ length: count }, () => POSTER) } });
  let longest = await signLines(70);
  const refusal: unknown = await (async () => {
    for (let count = 71; ; count += 1) longest = await signLines(count);
  })().catch((error: unknown) => error);
  expect(longest.length).toBeGreaterThan(11_800);
  await take(longest);
  expect(refusal).toBeInstanceOf(OfferTooLargeError);
});
