import { beforeEach, describe, expect, it } from "vitest";
import { administer, CONNECT } from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout } from "../support/server.ts";
import {
  adminKey,
  checkoutFor,
  errorOf,
  KEY,
  openShop,
  pay,
  saveProduct,
  secretKeyOf,
  WORKER,
} from "../support/shop.ts";

beforeEach(openShop);

const PRICE = { value: "12.00", currency: "EUR" };
const ITEM = { title: "Poster", quantity: 1, price: PRICE, tax_behavior: "inclusive", vat_rate: "20" };
const MUG = { title: "Mug", price: PRICE, tax_behavior: "inclusive", vat_rate: "20" };
const INVOICE = {
  invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
  invoice_number: "INV-1",
  debitor_name: "Ada",
  amount: PRICE,
};
const VISIBLE = "must have a visible character";

/** A text of one character, padded with more removed characters than a text may be long. */
function padded(most: number): string {
  return `x${"\u00ad".repeat(16 * most)}`;
}

/** A payment link in Qonto's own format. */
function linkOf(detail: Record<string, unknown>) {
  const item = { title: "Tea", quantity: 1, unit_price: { value: "1.00", currency: "EUR" }, vat_rate: "0", ...detail };
  return { payment_link: { potential_payment_methods: ["credit_card"], reusable: false, items: [item] } };
}

describe("a text that was pasted", () => {
  it.each([
    ["Tea\r\n(black)\t100 g", "Tea (black) 100 g"],
    ["  Tea\u2028black \u2029", "Tea black"],
    ["T\u0000e\u0007a\u009f", "Tea"],
    ["Tea \ud83c", "Tea"],
    ["\udf75 Tea", "Tea"],
    ["\ufeffTe\u200ba\u202e", "Tea"],
    ["The\u0301", "Th\u00e9"],
    ["\u{1F469}\u200d\u{1F373} Kochkurs", "\u{1F469}\u200d\u{1F373} Kochkurs"],
  ])("is normalized for Qonto and the catalogue: %j", async (pasted, tidy) => {
    const item = { ...ITEM, title: pasted, description: pasted, quantity: 0.5, measure_unit: pasted };
    await openServerCheckout({ items: [{ ...item, tax_behavior: "exclusive" }] });
    const [link] = await linksAtQonto();
    expect(link?.items[0]).toMatchObject({ title: tidy, measure_unit: tidy });
    expect(link?.items[0]?.description?.startsWith(tidy)).toBe(true);
    const saved = await saveProduct("tea", { ...MUG, title: pasted, description: pasted });
    expect(await saved.json()).toMatchObject({ product: { title: tidy, description: tidy } });
    const invoice = { ...INVOICE, debitor_name: pasted, invoice_number: pasted };
    const billed = await answerAsServer<ServerCheckout>("POST", "checkouts", { body: { invoice } });
    expect(billed.payment_link).toMatchObject({ debitor_name: tidy, invoice_number: tidy });
  });

  it("is normalized in Qonto's own operations, too", async () => {
    const items = [
      {
        title: "Te\u0301\na",
        description: "a\tb",
        quantity: 1,
        unit_price: { value: "1.00", currency: "EUR" },
        vat_rate: "0",
      },
    ];
    const body = { payment_link: { potential_payment_methods: ["credit_card"], reusable: false, items } };
    expect((await callAsServer("POST", "payment_links", { body })).status).toBe(201);
    expect((await linksAtQonto())[0]?.items[0]?.title).toBe("T\u00e9 a");
    const nothing = { payment_link: { ...body.payment_link, items: [{ ...items[0], title: "\u2060" }] } };
    expect(await errorOf(await callAsServer("POST", "payment_links", { body: nothing }))).toMatchObject({
      code: "invalid_request",
      param: "payment_link.items[0].title",
    });
  });

  it.each(["", " \n ", "\u200b\u200d", "\ud83d", "\u0000", "\u3164", "\ufe0f"])(
    "without visible characters is rejected with its field: %j",
    async (text) => {
      const refusals = [
        ["items[0].title", callAsServer("POST", "checkouts", { body: { items: [{ ...ITEM, title: text }] } })],
        [
          "items[0].description",
          callAsServer("POST", "checkouts", { body: { items: [{ ...ITEM, description: text }] } }),
        ],
        [
          "items[0].measure_unit",
          callAsServer("POST", "checkouts", { body: { items: [{ ...ITEM, measure_unit: text }] } }),
        ],
        [
          "invoice.debitor_name",
          callAsServer("POST", "checkouts", { body: { invoice: { ...INVOICE, debitor_name: text } } }),
        ],
        ["title", saveProduct("mug", { ...MUG, title: text })],
        [
          "description",
          callAsServer("POST", "webhook_endpoints", { body: { url: "https://shop.example/", description: text } }),
        ],
      ] as const;
      for (const [param, answer] of refusals) {
        const error = await errorOf(await answer);
        expect(error).toMatchObject({ code: "invalid_request", param, message: `The field ${param} ${VISIBLE}.` });
      }
      const { param } = await errorOf(
        await callAsServer("POST", "checkouts", { body: { items: [ITEM], reference: text } }),
      );
      expect(param).toBe("reference");
    },
  );

  it("is rejected as a description of white space only, and an empty description means none", async () => {
    expect(await errorOf(await saveProduct("mug", { ...MUG, description: " \u200b" }))).toMatchObject({
      param: "description",
    });
    expect((await saveProduct("mug", { ...MUG, description: "" })).status).toBe(200);
  });

  it("is measured in characters, as the API reference counts them", async () => {
    expect((await saveProduct("mug", { ...MUG, title: "\u{1F375}".repeat(120) })).status).toBe(200);
    const error = await errorOf(await saveProduct("mug", { ...MUG, title: "\u{1F375}".repeat(121) }));
    expect(error).toMatchObject({ param: "title", message: "The field title must be 120 characters at most." });
  });

  it.each([
    ["items[0].title", "checkouts", { items: [{ ...ITEM, title: padded(120) }] }],
    ["items[0].description", "checkouts", { items: [{ ...ITEM, description: padded(500) }] }],
    ["items[0].measure_unit", "checkouts", { items: [{ ...ITEM, measure_unit: padded(40) }] }],
    ["reference", "checkouts", { items: [ITEM], reference: padded(64) }],
    ["invoice.invoice_number", "checkouts", { invoice: { ...INVOICE, invoice_number: padded(120) } }],
    ["invoice.debitor_name", "checkouts", { invoice: { ...INVOICE, debitor_name: padded(200) } }],
    ["description", "webhook_endpoints", { url: "https://shop.example/", description: padded(200) }],
    ["payment_link.items[0].title", "payment_links", linkOf({ title: padded(2000) })],
    ["payment_link.items[0].description", "payment_links", linkOf({ description: padded(2000) })],
    ["payment_link.items[0].measure_unit", "payment_links", linkOf({ measure_unit: padded(2000) })],
    ["payment_link.items[0].description", "payment_links", linkOf({ description: "x".repeat(2001) })],
  ])("that is much too long before it is normalized is rejected: %s", async (param, path, body) => {
    const answer = await callAsServer("POST", path, { body });
    expect(answer.status).toBe(422);
    const error = await errorOf(answer);
    expect(error).toMatchObject({ code: "invalid_request", param });
    expect(error.message).toMatch(/ must be (1 to )?\d+ (printable ASCII )?characters( at most)?\.$/);
  });

  it("that is much too long before it is normalized is rejected in products, pages, offers and lists", async () => {
    for (const field of ["title", "description"]) {
      const refused = await errorOf(
        await saveProduct("mug", { ...MUG, [field]: padded(field === "title" ? 120 : 500) }),
      );
      expect(refused).toMatchObject({ code: "invalid_request", param: field });
    }
    const ofPage = await pay({ publishable_key: KEY, product: "mug", reference: padded(64) });
    expect(await errorOf(ofPage)).toMatchObject({ code: "invalid_request", param: "reference" });
    const checkout = { ...OFFERED, reference: padded(64) };
    const ofOffer = await pay({ publishable_key: KEY, offer: await signOffer({ claims: { checkout } }) });
    expect(await errorOf(ofOffer)).toMatchObject({ code: "invalid_offer", param: "offer.checkout.reference" });
    const list = await callAsServer("GET", `checkouts?reference=${encodeURIComponent(padded(64))}`);
    expect(await errorOf(list)).toMatchObject({ code: "invalid_request", param: "reference" });
  });

  it("with more combining marks than any language has keeps 30 of them", async () => {
    await openServerCheckout({ items: [{ ...ITEM, title: `x${"\u0316\u0301".repeat(400)}y` }] });
    const [link] = await linksAtQonto();
    expect(Array.from(link?.items[0]?.title ?? "")).toHaveLength(32);
  });

  it("as a reference names the same order with and without white space around it", async () => {
    const { id } = await openServerCheckout({ reference: " SHOP 4711\n" });
    const listed = await answerAsServer<{ data: { id: string; reference: string }[] }>(
      "GET",
      "checkouts?reference=%20SHOP%204711",
    );
    expect(listed.data).toMatchObject([{ id, reference: "SHOP 4711" }]);
    const ofPage = await checkoutFor({ product: "mug", reference: "\tCART-9 " });
    const { data: checkouts } = await answerAsServer<{ data: { id: string }[] }>("GET", "checkouts?reference=CART-9");
    expect(checkouts.map((checkout) => checkout.id)).toEqual([ofPage.id]);
  });
});

describe("metadata", () => {
  it("is returned unchanged, with its lines, tabs and spaces", async () => {
    const metadata = { note: " Happy birthday,\r\n\tAda! ", empty: "", json: '{"a":"e\u0301"}' };
    expect((await openServerCheckout({ metadata })).metadata).toEqual(metadata);
  });

  it.each([
    [{ note: "half \ud83d" }, "metadata.note"],
    [{ ok: "yes", note: "nul \u0000" }, "metadata.note"],
    [{ note: "\u200b\u200d" }, "metadata.note"],
    [{ "ke\ny": "value" }, "metadata.ke\ny"],
    [{ "\u200b": "value" }, "metadata.\u200b"],
  ])("that can't be returned unchanged or is invisible is rejected: %j", async (metadata, param) => {
    const answer = await callAsServer("POST", "checkouts", { body: { items: [ITEM], metadata } });
    expect(answer.status).toBe(422);
    expect(await errorOf(answer)).toMatchObject({ code: "invalid_request", param });
  });
});

it("a long title keeps its quantity and whole characters at Qonto", async () => {
  const family = "\u{1F469}\u200d\u{1F469}\u200d\u{1F467}";
  const title = `${family.repeat(23)}abcde`;
  for (const value of ["9.99", "0.07", "33.33", "19.95"]) {
    await openServerCheckout({ items: [{ ...ITEM, title, quantity: 7, vat_rate: "5.5", price: { ...PRICE, value } }] });
  }
  const titles = (await linksAtQonto()).flatMap(({ items }) => items.map((line) => line.title));
  expect(titles.filter((sent) => sent.startsWith("7 x "))).not.toEqual([]);
  for (const sent of titles) {
    expect(Array.from(sent).length).toBeLessThanOrEqual(120);
    if (sent !== "Rounding")
      expect(sent).toMatch(new RegExp(`^(7 x )?(${family})+(abcde|\u2026)( \\([12]/2\\))?$`, "u"));
  }
});

it("the name of an unknown field is cut between grapheme clusters", async () => {
  const name = `${"x".repeat(98)}\u{1F468}\u200d\u{1F469}\u200d\u{1F466}`;
  const { param } = await errorOf(await callAsServer("POST", "checkouts", { body: { items: [ITEM], [name]: 1 } }));
  expect(param).toBe("x".repeat(98));
});

describe("the header Authorization", () => {
  const listAs = (authorization: string) =>
    fetchWorker(`${WORKER}/v1/keys`, { headers: { Authorization: authorization } });

  it.each(["bearer %", "BEARER %", "Bearer  %", "bEaReR \t %"])(
    "is read in any case, with any space after it: %j",
    async (form) => {
      expect((await listAs(form.replace("%", secretKeyOf("demo")))).status).toBe(200);
      const asAdmin = await fetchWorker(`${CONNECT}/v1/deployment/diagnostics`, {
        headers: { Authorization: form.replace("%", adminKey) },
      });
      expect(asAdmin.status).toBe(200);
    },
  );

  it.each(["Bearer % %", "Bearer %\u00a0", "Bearer \u00a0%", "Bearer Bearer %"])(
    "with white space in its key is rejected with the reason: %j",
    async (form) => {
      const answer = await listAs(form.replaceAll("%", secretKeyOf("demo")));
      expect(answer.status).toBe(401);
      const { code, message } = await errorOf(answer);
      expect(code).toBe("invalid_key");
      expect(message).toContain("The key in the header Authorization contains white space");
      expect(message).not.toContain(secretKeyOf("demo"));
    },
  );

  it.each(["Bearer", "%", "Basic %", "Bearer%"])("without a bearer key is rejected: %j", async (form) => {
    const { message } = await errorOf(await listAs(form.replace("%", secretKeyOf("demo"))));
    expect(message).toBe("Send the secret key in the header Authorization: Bearer sk_...");
  });
});

describe("white space around what a page sends", () => {
  it.each([`${KEY}\n`, ` ${KEY}`, `${KEY}\u00a0`, `\ufeff${KEY}`])(
    "is named in the error for the publishable key: %j",
    async (key) => {
      const { code, param, message } = await errorOf(await pay({ publishable_key: key, product: "mug" }));
      expect([code, param]).toEqual(["invalid_key", "publishable_key"]);
      expect(message).toContain("white space around it");
    },
  );

  it.each([
    ["product", { product: "mug\n" }],
    ["product", { product: "\u200bmug" }],
    ["items[0].product", { items: [{ product: " mug" }] }],
    ["amount", { product: "donation", amount: "5.00 " }],
    ["offer", { offer: "eyJhbGciOiJIUzI1NiJ9.e30.x\n" }],
    ["attempt_id", { product: "mug", attempt_id: "attempt-1\n" }],
  ])("is reported for %s", async (param, body) => {
    const error = await errorOf(await pay({ publishable_key: KEY, ...body }));
    expect(error).toMatchObject({ code: "invalid_request", param });
    expect(error.message).toContain("white space");
  });
});

it("an operator's key with white space around it in the request is not the key", async () => {
  const answer = await administer(
    "PATCH",
    "/v1/merchants/demo",
    { allowed_origins: [] },
    { Authorization: `Bearer x${adminKey}` },
  );
  expect((await errorOf(answer)).code).toBe("invalid_key");
});
