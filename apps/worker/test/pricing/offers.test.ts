import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { ringAlarmAfter } from "../support/object/merchant-object.ts";
import { OFFERED as CHECKOUT, signOffer as sign } from "../support/offer.ts";
import { callsOf, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay, priceOf, secretKeyOf, openMerchant } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

async function refusal(offer: string): Promise<string> {
  const response = await pay({ publishable_key: KEY, offer, attempt_id: "attempt-0001" });
  return response.ok ? "taken" : (await errorOf(response)).code;
}

describe("an offer", () => {
  it("is paid at the price that the merchant's server signed, with its reference", async () => {
    const checkout = await checkoutFor({ offer: await sign() });
    expect(checkout.amount).toEqual({ value: "149.99", currency: "EUR" });
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toMatchObject({ reference: "COMMISSION-7" });
  });

  it("for an invoice makes an invoice link", async () => {
    const invoice = {
      invoice_id: crypto.randomUUID(),
      invoice_number: "INV-7",
      debitor_name: "John Doe",
      amount: { value: "80.00", currency: "EUR" },
    };
    const checkout = await checkoutFor({ offer: await sign({ claims: { checkout: { invoice } } }) });
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toMatchObject({
      payment_link: { resource_type: "Invoice", invoice_number: "INV-7" },
    });
  });

  it("that was signed again for the same attempt has the same checkout", async () => {
    const first = await checkoutFor({ offer: await sign(), attempt_id: "attempt-0001" });
    const again = await checkoutFor({ offer: await sign({ expiresIn: 900 }), attempt_id: "attempt-0001" });
    expect(again).toMatchObject({ id: first.id, url: first.url });
  });

  it("for single use has one checkout for all shoppers", async () => {
    const claims = { jti: "commission-7-0000001", single_use: true };
    const offer = await sign({ claims });
    const checkouts = await Promise.all(
      ["attempt-0001", "attempt-0002", "attempt-0003"].map((attempt_id) => checkoutFor({ offer, attempt_id })),
    );
    expect(new Set(checkouts.map((checkout) => checkout.id)).size).toBe(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("can be priced beforehand, and can still be taken once", async () => {
    const offer = await sign({ claims: { jti: "commission-7-0000001", single_use: true } });
    expect(await (await priceOf({ publishable_key: KEY, offer })).json()).toEqual({
      amount: { value: "149.99", currency: "EUR" },
    });
    const expired = await sign({ expiresIn: -60 });
    expect((await errorOf(await priceOf({ publishable_key: KEY, offer: expired }))).code).toBe("offer_expired");
    expect(await checkoutFor({ offer, attempt_id: "attempt-0001" })).toMatchObject({ status: "open" });
  });

  it("leaves one payable link for its reference, regardless of how many shoppers take it", async () => {
    const offer = await sign();
    await checkoutFor({ offer, attempt_id: "attempt-0001" });
    const last = await checkoutFor({ offer, attempt_id: "attempt-0002" });
    await eventually(async () => {
      const open = (await linksAtQonto()).filter((link) => link.status === "open");
      expect(open.map((link) => link.url)).toEqual([last.url]);
    });
  });

  it("is valid until it expires, and not after", async () => {
    const offer = await sign({ expiresIn: 60 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    const response = await pay({ publishable_key: KEY, offer });
    expect(response.status).toBe(410);
    expect(await errorOf(response)).toMatchObject({ code: "offer_expired", param: "offer" });
  });

  it("is rejected if the page shows another amount", async () => {
    const shown_amount = { value: "14.99", currency: "EUR" };
    const response = await pay({ publishable_key: KEY, offer: await sign(), shown_amount });
    expect((await errorOf(response)).code).toBe("price_changed");
  });

  it("for single use stays valid for other shoppers after a page shows another amount", async () => {
    const offer = await sign({ claims: { jti: "commission-7-0000001", single_use: true } });
    const first = await checkoutFor({ offer, attempt_id: "attempt-0001" });
    const shown_amount = { value: "0.01", currency: "EUR" };
    expect(
      (await errorOf(await pay({ publishable_key: KEY, offer, attempt_id: "attempt-0002", shown_amount }))).code,
    ).toBe("price_changed");
    await ringAlarmAfter(61_000);
    expect(await checkoutFor({ offer, attempt_id: "attempt-0003" })).toMatchObject({ id: first.id, status: "open" });
  });

  it("of a revoked key is no longer valid", async () => {
    const offer = await sign();
    const { secret_key: key } = await answerAsServer<{ secret_key: string }>("POST", "keys");
    const [own] = (await answerAsServer<{ data: readonly { id: string }[] }>("GET", "keys")).data;
    await callAsServer("DELETE", `keys/${own?.id}`, { key });
    expect(await refusal(offer)).toBe("invalid_offer");
    expect(await refusal(await sign({ secretKey: key }))).toBe("taken");
  });

  it("can't be combined with the fields that a page may send itself", async () => {
    const offer = await sign();
    for (const more of [{ product: "mug" }, { items: [{ product: "mug" }] }, { quantity: 2 }, { reference: "MINE" }]) {
      expect((await errorOf(await pay({ publishable_key: KEY, offer, ...more }))).code).toBe("invalid_request");
    }
  });
});

describe("an offer that the merchant signed and that breaks a rule is rejected with the rule", () => {
  const item = CHECKOUT.items[0];

  it.each<readonly [string, Record<string, unknown>, RegExp]>([
    ["checkout.items[0].vat_rate", { checkout: { items: [{ ...item, vat_rate: 20 }] } }, /string/],
    [
      "checkout.items[0].price.value",
      { checkout: { items: [{ ...item, price: { value: "-1.00", currency: "EUR" } }] } },
      /must have no sign/,
    ],
    ["checkout.reusable", { checkout: { ...CHECKOUT, reusable: true } }, /^Unknown field/],
    ["checkout.success_url", { checkout: { ...CHECKOUT, success_url: "https://evil.example/" } }, /allowed origins/],
    ["checkout.metadata", { checkout: { ...CHECKOUT, metadata: [] } }, /record/],
    ["admin", { admin: true }, /^Unknown field/],
    ["aud", { aud: "pk_live_demo" }, /must be pk_sandbox_demo/],
    ["aud", { aud: ["pk_sandbox_demo"] }, /string/],
    ["exp", { exp: undefined }, /number/],
    ["exp", { exp: Math.floor(Date.now() / 1000) + 31_536_000 }, /must be at most 30 days from now/],
    ["iat", { iat: undefined }, /number/],
    ["jti", { single_use: true }, /must be given/],
  ])("%s %j", async (param, claims, message) => {
    const offer = await sign({ claims });
    for (const answer of [await pay({ publishable_key: KEY, offer }), await priceOf({ publishable_key: KEY, offer })]) {
      expect(await errorOf(answer)).toMatchObject({
        code: param === "checkout.success_url" ? "invalid_request" : "invalid_offer",
        param: `offer.${param}`,
        message: expect.stringMatching(message),
      });
    }
  });

  it("also for an amount that can't be paid", async () => {
    const items = [{ ...item, price: { value: "0.00", currency: "EUR" } }];
    const refused = await pay({ publishable_key: KEY, offer: await sign({ claims: { checkout: { items } } }) });
    expect(await errorOf(refused)).toMatchObject({
      code: "amount_out_of_range",
      param: "offer.checkout.items",
      message: "This amount is outside of what can be paid here.",
    });
  });

  it("but one with an invalid signature is rejected without details", async () => {
    const offer = await sign({ secretKey: "sk_sandbox_demo_another_one", claims: { checkout: {}, exp: 1 } });
    const { request_id: _id, doc_url: _link, ...told } = await errorOf(await pay({ publishable_key: KEY, offer }));
    expect(told).toEqual({
      type: "invalid_request_error",
      code: "invalid_offer",
      message: "This offer is not valid.",
      param: "offer",
    });
  });
});

describe("an offer that is forged", () => {
  const encode = (value: unknown): string =>
    btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  it.each<readonly [string, () => Promise<string> | string]>([
    ["nothing", () => ""],
    ["no token", () => "offer"],
    [
      "another price",
      async () => {
        const [header, , signature] = (await sign()).split(".");
        return [header, encode({ aud: KEY, iat: 1, exp: 9_999_999_999, checkout: CHECKOUT }), signature].join(".");
      },
    ],
    ["no signature", async () => (await sign()).replace(/[^.]+$/, "")],
    [
      "alg none",
      () => `${encode({ alg: "none" })}.${encode({ aud: KEY, iat: 1, exp: 2_000_000_000, checkout: CHECKOUT })}.`,
    ],
    ["the secret key itself as the key", () => sign({ key: new TextEncoder().encode(secretKeyOf("demo")) })],
    ["the publishable key as the key", () => sign({ secretKey: KEY })],
    ["an unknown key", () => sign({ secretKey: "sk_sandbox_demo_another_one" })],
    ["the live mode", () => sign({ claims: { aud: "pk_live_demo" } })],
    ["another merchant", () => sign({ claims: { aud: "pk_sandbox_other" } })],
    ["no audience", () => sign({ claims: { aud: undefined } })],
    ["no end", () => sign({ expiresIn: null })],
    ["an end in a year", () => sign({ expiresIn: 31_536_000 })],
    ["an unknown claim", () => sign({ claims: { admin: true } })],
    ["a reusable link", () => sign({ claims: { checkout: { ...CHECKOUT, reusable: true } } })],
    [
      "a negative price",
      () =>
        sign({
          claims: { checkout: { items: [{ ...CHECKOUT.items[0], price: { value: "-1.00", currency: "EUR" } }] } },
        }),
    ],
    ["single use without a name", () => sign({ claims: { single_use: true } })],
  ])("by %s is rejected, and Qonto is not called", async (_name, forge) => {
    expect(["invalid_offer", "invalid_request"]).toContain(await refusal(await forge()));
    expect(await callsOf("createPaymentLink")).toHaveLength(0);
  });

  it("by another merchant of this Worker is rejected", async () => {
    await openMerchant("other");
    expect(await refusal(await sign({ secretKey: secretKeyOf("other") }))).toBe("invalid_offer");
  });
});
