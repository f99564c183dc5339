import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { CONNECT } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import {
  fieldsOf,
  follow,
  forgetKeptLinks,
  locationOf,
  pageOf,
  refusalOf,
  send,
  sendBody,
  soldAtQonto,
} from "../support/no-script.ts";
import { callsToQonto, control, linksAtQonto } from "../support/sandbox.ts";
import { KEY, openShop, saveProduct, SHOP } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(async () => {
  await openShop();
  await forgetKeptLinks();
});

const DEARER_POSTER = {
  title: "Poster",
  price: { value: "19.99", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

describe("the form of a product", () => {
  it("leads to a link for this shopper only, at the displayed price", async () => {
    const url = await locationOf(send("mug", fieldsOf(await pageOf("mug"))));
    const [link, ...others] = await linksAtQonto();
    expect(others).toEqual([]);
    expect(link).toMatchObject({ url, reusable: false, amount: { value: "13.30" } });
  });

  it("is accepted at any address of the Worker", async () => {
    const address = "https://qonto-pay.example.workers.dev";
    const answer = await fetchWorker(`${address}/pay/${KEY}/mug`, {
      method: "POST",
      headers: { Origin: address },
      body: new URLSearchParams(fieldsOf(await pageOf("mug"))),
      redirect: "manual",
    });
    expect(await locationOf(answer)).toBe((await linksAtQonto())[0]?.url);
  });

  it.each(["en-12", "de-de-de", "fr-aa-bb-cc", "x-y", ";q=1", `de${" ".repeat(100_000)}x`])(
    "is shown to a browser with the language %.20s",
    // The last one took 19 s with a backtracking pattern.
    { timeout: 10_000 },
    async (language) => {
      expect(await pageOf("mug", language)).toContain("<h1>Mug</h1>");
    },
  );

  it("leads to the same link if it is sent twice, as by a double click, even after a restart", async () => {
    const form = fieldsOf(await pageOf("mug"));
    const [first, second] = await Promise.all([locationOf(send("mug", form)), locationOf(send("mug", form))]);
    expect(second).toBe(first);
    await evictDurableObject(merchantObject());
    expect(await locationOf(send("mug", form))).toBe(first);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("of a reloaded page is another payment", async () => {
    const [one, other] = [fieldsOf(await pageOf("mug")), fieldsOf(await pageOf("mug"))];
    expect(await locationOf(send("mug", one))).not.toBe(await locationOf(send("mug", other)));
  });

  it("is rejected if the price has changed, and the page shows the new price to confirm", async () => {
    const form: Record<string, string> = { ...fieldsOf(await pageOf("poster")), reference: "ORDER-7" };
    await saveProduct("poster", DEARER_POSTER);
    const refused = await send("poster", form);
    const page = await refused.clone().text();
    expect(page).toContain("<h1>The price has changed</h1>");
    expect(page).toContain("€19.99");
    expect(page).not.toContain("<a ");
    expect(await refusalOf(refused)).toEqual([409, "price_changed"]);
    expect(await linksAtQonto()).toEqual([]);

    const shownAgain = fieldsOf(page);
    expect(shownAgain["attempt_id"]).not.toBe(form["attempt_id"]);
    await locationOf(send("poster", shownAgain));
    expect(await soldAtQonto()).toEqual([["19.99", "ORDER-7"]]);
  });

  it("that is already paid leads to the status page, not to a second payment", async () => {
    const form = fieldsOf(await pageOf("mug"));
    const url = await locationOf(send("mug", form));
    const [link] = await linksAtQonto();
    await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
    await deliverEvent(paymentLinkEvent(link?.id ?? ""));
    await eventually(async () => expect(await locationOf(send("mug", form))).not.toBe(url));
    expect(await locationOf(send("mug", form))).toMatch(/^\/checkouts\/co_\w+\?token=demo\./);
  });

  it.each([
    ["the Worker's own page", CONNECT],
    ["a page of the shop", SHOP],
  ])("that is already paid leads to the status page from %s after it became unavailable", async (_page, origin) => {
    const form = { quantity: "3", attempt_id: "attempt-0001" };
    await locationOf(send("poster", form, origin));
    const [link] = await linksAtQonto();
    await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
    await deliverEvent(paymentLinkEvent(link?.id ?? ""));
    await saveProduct("poster", { ...DEARER_POSTER, max_quantity: 2 });
    await eventually(async () =>
      expect(await locationOf(send("poster", form, origin))).toMatch(/^\/checkouts\/co_\w+\?token=demo\./),
    );
  });

  it("is accepted as multipart/form-data, as form builders send it", async () => {
    const form = new FormData();
    for (const [name, value] of [
      ["quantity", "3"],
      ["reference", "ORDER-7"],
      ["attempt_id", "attempt-0001"],
    ] as const)
      form.set(name, value);
    form.set("attachment", new File(["a drawing"], "drawing.txt"));
    const first = await locationOf(sendBody("mug", form, SHOP));
    expect(await locationOf(sendBody("mug", form, SHOP))).toBe(first);
    expect(await soldAtQonto()).toEqual([["39.89", "ORDER-7"]]);
  });

  it.each([
    ["text/plain", "quantity=3"],
    ["application/json", '{"quantity":3}'],
    ["multipart/form-data", "quantity=3"],
    ["multipart/form-data; boundary=x", "--x\r\nquantity=3"],
  ])("creates nothing if it is sent as %s and can't be read", async (type, text) => {
    const body = new Blob([text], { type });
    const refused = await sendBody("mug", body, SHOP);
    expect(await refused.clone().text()).not.toContain("<a ");
    expect(await refusalOf(refused)).toEqual([422, "invalid_request"]);
    expect(await linksAtQonto()).toEqual([]);
  });

  it("of a product that is sold by the dozen shows the price of a dozen", async () => {
    await saveProduct("mug", {
      title: "Mug",
      price: { value: "1.00", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "0",
      min_quantity: 12,
    });
    const page = await pageOf("mug");
    expect(page).toContain("€12.00");
    expect(page).toContain("Quantity: 12");
    expect(page).not.toContain("VAT");
    await locationOf(send("mug", fieldsOf(page)));
    expect((await linksAtQonto())[0]?.amount.value).toBe("12.00");
    // A single piece can't be bought, so a click also leads to the page.
    expect((await follow("mug")).status).toBe(200);
  });

  it("shows the merchant's texts as text, not as markup", async () => {
    await saveProduct("mug", {
      title: `Mug"><script>alert(1)</script>`,
      description: "<b>'bold'</b> & more",
      price: { value: "1.00", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "5.5",
    });
    const page = await pageOf("mug", "fr");
    expect(/<script|<b>/.test(page)).toBe(false);
    expect(page).toContain("&lt;b&gt;&#39;bold&#39;&lt;/b&gt; &amp; more");
    expect(page).toMatch(/TVA de 5,5\s% comprise/);
  });
});

describe("an amount that the shopper chooses", () => {
  it("has a form with its bounds, even after a click", async () => {
    const page = await (await follow("donation")).text();
    expect(page).toContain("From €1.00 to €500.00.");
    expect(page).toMatch(/<input type="number"[^>]* min="1.00" max="500.00" required/);
    expect(await callsToQonto()).toEqual([]);
  });

  it.each([
    ["1", "1.00"],
    ["500.00", "500.00"],
    ["12,5", "12.50"],
    [" 7.25 ", "7.25"],
  ])("is read from %s as %s", async (amount, paid) => {
    await locationOf(send("donation", { amount }));
    expect((await linksAtQonto())[0]?.amount.value).toBe(paid);
  });

  it.each(["0.99", "500.01", "-5", "1e2", "12.999", "1,000.00", "", "5 EUR", "٥"])(
    "is rejected as %s, and the form is shown again",
    async (amount) => {
      const refused = await send("donation", { amount, reference: "ORDER-7" });
      const page = await refused.clone().text();
      expect(page).toContain("<h1>This amount can’t be paid here</h1>");
      expect(page).toMatch(/<input type="number"[^>]* min="1.00" max="500.00" required/);
      expect(page).not.toContain("<a ");
      expect(await refusalOf(refused)).toEqual([422, "amount_out_of_range"]);
      expect(await linksAtQonto()).toEqual([]);
    },
  );

  it("that was changed is another payment, although the page is the same", async () => {
    const form = fieldsOf(await pageOf("donation"));
    const five = await locationOf(send("donation", { ...form, amount: "5" }));
    const ten = await locationOf(send("donation", { ...form, amount: "10" }));
    expect(ten).not.toBe(five);
    expect(await locationOf(send("donation", { ...form, amount: "5" }))).toBe(five);
  });

  it("that was rejected can be corrected in the form, for the same order", async () => {
    const page = await (await send("donation", { amount: "0,99", reference: "ORDER-7" })).text();
    expect(page).toMatch(/<input type="number"[^>]* value="0.99"/);
    await locationOf(send("donation", { ...fieldsOf(page), amount: "5" }));
    expect(await soldAtQonto()).toEqual([["5.00", "ORDER-7"]]);
  });

  it("can't be set for a product with a price, and no button offers that price instead", async () => {
    const refused = await send("mug", { amount: "1.00" });
    expect(await refused.clone().text()).not.toMatch(/<a |<form/);
    expect(await refusalOf(refused)).toEqual([422, "amount_out_of_range"]);
  });
});
