import { SignJWT } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout, toldEvents } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);

interface Listed {
  readonly data: readonly { readonly id: string; readonly opened_by: string }[];
}

async function listed(query: string): Promise<readonly string[]> {
  return (await answerAsServer<Listed>("GET", `checkouts?${query}`)).data.map(({ id }) => id);
}

/** Creates a checkout as a shopper's button: with the shopper's amount and another order's number. */
function openByButton(reference: string): Promise<{ readonly id: string; readonly url: string }> {
  return checkoutFor({ product: "donation", amount: "1.00", reference, attempt_id: "attempt-0001" });
}

async function signOffer(reference: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(secretKeyOf("demo")), algorithm, false, ["sign"]);
  const derived = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode("qonto-pay offer v1")));
  const price = { value: "149.99", currency: "EUR" };
  const items = [{ title: "Bowl", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" }];
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ aud: KEY, iat: now, exp: now + 600, checkout: { items, reference } })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(derived);
}

describe("a shopper's checkout with the reference of a server's", () => {
  it("shows its origin in the event that reports it as paid", async () => {
    await openServerCheckout({ reference: "ORDER-1" });
    const { id, url } = await openByButton("ORDER-1");
    const link = (await linksAtQonto()).find((found) => found.url === url);
    await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
    await answerAsServer("POST", `checkouts/${id}/sync`);
    const paid = (await toldEvents()).filter((event) => event.type === "checkout.paid");
    expect(paid.map(({ data }) => data.checkout)).toEqual([
      expect.objectContaining({ id, reference: "ORDER-1", opened_by: "button" }),
    ]);
  });

  it.each([
    ["opened_by=server,offer"],
    ["opened_by[]=server&opened_by[]=offer"],
    ["opened_by[0]=server&opened_by[1]=offer"],
    ["opened_by=server"],
  ])("is not among those that are listed with %s", async (query) => {
    const own = await openServerCheckout({ reference: "ORDER-1" });
    await openByButton("ORDER-1");
    expect(await listed(`reference=ORDER-1&limit=1&${query}`)).toEqual([own.id]);
  });

  it("is listed alone with opened_by=button, and with all others without a filter", async () => {
    const own = await openServerCheckout({ reference: "ORDER-1" });
    const { id } = await openByButton("ORDER-1");
    expect(await listed("opened_by=button")).toEqual([id]);
    expect(await listed("reference=ORDER-1")).toEqual([id, own.id]);
  });
});

it("a checkout from an offer counts as the merchant's own, since the merchant signed its reference", async () => {
  const { id } = await checkoutFor({ offer: await signOffer("ORDER-1"), attempt_id: "attempt-0001" });
  expect(await answerAsServer("GET", `checkouts/${id}`)).toMatchObject({ reference: "ORDER-1", opened_by: "offer" });
  expect(await listed("opened_by=offer")).toEqual([id]);
});

it("a payment link shows the origin of its checkout", async () => {
  const { payment_link } = await openServerCheckout({ reference: "ORDER-1" });
  const served = await answerAsServer("GET", `payment_links/${payment_link.id}`);
  expect(served).toMatchObject({ payment_link: { checkout: { opened_by: "server" } } });
});

it("checkouts have no other origin", async () => {
  const refused = await callAsServer("GET", "checkouts?opened_by=server,shopper");
  expect(await errorOf(refused)).toMatchObject({ code: "invalid_request", param: "opened_by[1]" });
});
