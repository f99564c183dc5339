import { beforeEach, describe, expect, it } from "vitest";
import { evictDurableObject } from "cloudflare:test";
import { eventually } from "../support/eventually.ts";
import { merchantObject } from "../support/merchant-object.ts";
import { CONNECT } from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import {
  CLICKED,
  fieldsOf,
  follow,
  forgetKeptLinks,
  locationOf,
  refusalOf,
  send,
  sendBody,
} from "../support/no-script.ts";
import { breakOperation, callsToQonto, control, linksAtQonto } from "../support/sandbox.ts";
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

/** What each link at Qonto is for: its amount, and the shop's order as its line names it. */
async function soldAtQonto(): Promise<readonly (readonly [string, string | undefined])[]> {
  const links = await linksAtQonto();
  return links.map(({ amount, items }) => [amount.value, /page: ([\w-]+)/.exec(items[0]?.description ?? "")?.[1]]);
}

/** Where the one link of a page leads. */
function hrefIn(page: string): string | undefined {
  return /<a [^>]*href="([^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
}

/** What is shown to who only looks. */
async function pageOf(product: string, language = "en"): Promise<string> {
  return (await follow(product, { headers: { "Accept-Language": language } })).text();
}

describe("the form of a product", () => {
  it("leads to a link of the shopper's own, for the price that was shown", async () => {
    const url = await locationOf(send("mug", fieldsOf(await pageOf("mug"))));
    const [link, ...others] = await linksAtQonto();
    expect(others).toEqual([]);
    expect(link).toMatchObject({ url, reusable: false, amount: { value: "13.30" } });
  });

  it("is taken at whatever address of the Worker it was shown", async () => {
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
    "is shown to a browser that asks for %.20s",
    // The last took 19 s with a pattern that tries every ending of it.
    { timeout: 10_000 },
    async (language) => {
      expect(await pageOf("mug", language)).toContain("<h1>Mug</h1>");
    },
  );

  it("sent twice, as by a double click, leads to the same link, also after a restart", async () => {
    const form = fieldsOf(await pageOf("mug"));
    const [first, second] = await Promise.all([locationOf(send("mug", form)), locationOf(send("mug", form))]);
    expect(second).toBe(first);
    await evictDurableObject(merchantObject());
    expect(await locationOf(send("mug", form))).toBe(first);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("of a page that is shown anew is another payment", async () => {
    const [one, other] = [fieldsOf(await pageOf("mug")), fieldsOf(await pageOf("mug"))];
    expect(await locationOf(send("mug", one))).not.toBe(await locationOf(send("mug", other)));
  });

  it("whose price has changed meanwhile is refused, and shows the new one to agree to", async () => {
    const form: Record<string, string> = { ...fieldsOf(await pageOf("poster")), reference: "ORDER-7" };
    await saveProduct("poster", DEARER_POSTER);
    const refused = await send("poster", form);
    const page = await refused.clone().text();
    expect(page).toContain("<h1>The price has changed</h1>");
    expect(page).toContain("€19.99");
    expect(page).not.toContain("<a ");
    expect(await refusalOf(refused)).toEqual([409, "price_changed"]);
    expect(await linksAtQonto()).toEqual([]);

    const anew = fieldsOf(page);
    expect(anew["attempt_id"]).not.toBe(form["attempt_id"]);
    await locationOf(send("poster", anew));
    expect(await soldAtQonto()).toEqual([["19.99", "ORDER-7"]]);
  });

  it("that is paid already leads to the page that says so, not to pay once more", async () => {
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
  ])("that is paid already leads there also from %s when it is sold no more", async (_page, origin) => {
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

  it("is read also as multipart/form-data, as builders of forms write it", async () => {
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
  ])("that is sent as %s, and can't be read, buys nothing", async (type, text) => {
    const body = new Blob([text], { type });
    const refused = await sendBody("mug", body, SHOP);
    expect(await refused.clone().text()).not.toContain("<a ");
    expect(await refusalOf(refused)).toEqual([422, "invalid_request"]);
    expect(await linksAtQonto()).toEqual([]);
  });

  it("of something that is sold by the dozen shows what the dozen costs", async () => {
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
    // Not to be bought singly: a click leads to the page, too.
    expect((await follow("mug")).status).toBe(200);
  });

  it("takes what the merchant wrote for text", async () => {
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

describe("an amount of the shopper's", () => {
  it("is asked for by a form with its bounds, also of who clicks", async () => {
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
  ])("%s is paid as %s", async (amount, paid) => {
    await locationOf(send("donation", { amount }));
    expect((await linksAtQonto())[0]?.amount.value).toBe(paid);
  });

  it.each(["0.99", "500.01", "-5", "1e2", "12.999", "1,000.00", "", "5 EUR", "٥"])(
    "%s is refused, and asked for anew",
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

  it("that is thought over is another payment, though the page is the same", async () => {
    const form = fieldsOf(await pageOf("donation"));
    const five = await locationOf(send("donation", { ...form, amount: "5" }));
    const ten = await locationOf(send("donation", { ...form, amount: "10" }));
    expect(ten).not.toBe(five);
    expect(await locationOf(send("donation", { ...form, amount: "5" }))).toBe(five);
  });

  it("that was refused can be mended where it stands, for the same order", async () => {
    const page = await (await send("donation", { amount: "0,99", reference: "ORDER-7" })).text();
    expect(page).toMatch(/<input type="number"[^>]* value="0.99"/);
    await locationOf(send("donation", { ...fieldsOf(page), amount: "5" }));
    expect(await soldAtQonto()).toEqual([["5.00", "ORDER-7"]]);
  });

  it("can't be set for a product that has a price: no button offers that price instead", async () => {
    const refused = await send("mug", { amount: "1.00" });
    expect(await refused.clone().text()).not.toMatch(/<a |<form/);
    expect(await refusalOf(refused)).toEqual([422, "amount_out_of_range"]);
  });
});

describe("a form of the shop's own", () => {
  it("may name a quantity and an order number", async () => {
    await locationOf(send("mug", { quantity: "2", reference: "ORDER-7", submit: "Pay" }, SHOP));
    const [link] = await linksAtQonto();
    expect(link?.amount.value).toBe("26.60");
    expect(link?.items[0]?.description).toContain("Reference from the page: ORDER-7");
  });

  it.each(["0", "100", "1.5", "two", "-1", "1e1", "99999"])(
    "quantity %s is refused, and no other is offered",
    async (quantity) => {
      for (const origin of [SHOP, "https://evil.example"]) {
        const refused = await send("mug", { quantity }, origin);
        const page = await refused.clone().text();
        expect(page).toContain("<h1>This quantity can’t be bought</h1>");
        expect(page).not.toMatch(/<a |<form/);
        expect(await refusalOf(refused)).toEqual([422, "quantity_out_of_range"]);
      }
    },
  );

  it.each([
    { reference: "x".repeat(65) },
    { reference: "é" },
    { attempt_id: "short" },
    { shown_amount: "13.30" },
    { amount: "1".repeat(30) },
  ])("with %j is refused as a page that leads nowhere", async (form) => {
    const refused = await send("mug", form, SHOP);
    expect(await refused.clone().text()).not.toMatch(/<a |<form/);
    expect(await refusalOf(refused)).toEqual([422, "invalid_request"]);
  });

  it("that is too long is refused", async () => {
    expect(await refusalOf(send("mug", { reference: "x".repeat(40_000) }, SHOP))).toEqual([413, "body_too_large"]);
  });

  it.each(["https://evil.example", "null", `${SHOP}.evil.example`, null])(
    "on a page of %s makes nothing, and has what it asked for confirmed on ours",
    async (origin) => {
      const asked = { quantity: "3", reference: "ORDER-7", shown_amount: "0.03 EUR", attempt_id: "attempt-of-theirs" };
      const refused = await send("mug", asked, origin);
      const page = await refused.clone().text();
      expect(page).toContain("<h1>Please confirm here</h1>");
      for (const text of ["Mug", "€39.89", "Quantity: 3", "ORDER-7"]) expect(page).toContain(text);
      expect(page).not.toContain("<a ");
      expect(await refusalOf(refused)).toEqual([403, "origin_not_allowed"]);
      expect(await callsToQonto()).toEqual([]);

      const confirmed = fieldsOf(page);
      expect(confirmed["attempt_id"]).not.toBe(asked.attempt_id);
      await locationOf(send("mug", confirmed));
      expect(await soldAtQonto()).toEqual([["39.89", "ORDER-7"]]);
    },
  );
});

describe("a page that is asked for with what is to be bought", () => {
  it.each([
    ["mug?confirm=1&quantity=100", 422, "quantity_out_of_range"],
    ["mug?confirm=1&quantity=two", 422, "quantity_out_of_range"],
    ["mug?confirm=1&amount=1.00", 422, "amount_out_of_range"],
    ["donation?confirm=1&quantity=2", 422, "quantity_out_of_range"],
    ["mug?confirm=1&reference=%C3%A9", 422, "invalid_request"],
    ["nothing?confirm=1", 404, "product_not_found"],
  ])("%s is refused, and leads nowhere", async (address, status, code) => {
    const refused = await follow(address);
    expect(await refused.clone().text()).not.toMatch(/<a |<form/);
    expect(await refusalOf(refused)).toEqual([status, code]);
  });

  it("takes its price from the catalogue, whatever else is asked for", async () => {
    const page = await (await follow("mug?confirm=1&quantity=2&shown_amount=0.01+EUR&price=0.01")).text();
    expect(page).toContain("€26.60");
    expect(fieldsOf(page)).toMatchObject({ quantity: "2", shown_amount: "26.60 EUR" });
    expect(await callsToQonto()).toEqual([]);
  });
});

describe("Qonto fails for a form", () => {
  it("and the page says when to try again, which then works under the same attempt", async () => {
    const form = fieldsOf(await pageOf("mug"));
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const failed = await send("mug", form);
    expect(failed.headers.get("Retry-After")).toBe("2");
    expect(await refusalOf(failed)).toEqual([503, "qonto_unavailable"]);
    await locationOf(send("mug", form));
    expect((await linksAtQonto()).filter(({ status }) => status === "open")).toHaveLength(1);
  });

  it("and the way on shows the same purchase again, also to who clicks: it leads to nothing else", async () => {
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const failed = await send("mug", { quantity: "3", reference: "ORDER 7&quantity=1" }, SHOP);
    const wayOn = new URL(hrefIn(await failed.text()) ?? "", CONNECT);
    expect(wayOn.pathname).toBe("/pay/pk_sandbox_demo/mug");
    const shown = await fetchWorker(wayOn, { headers: CLICKED, redirect: "manual" });
    expect(shown.status).toBe(200);
    const page = await shown.text();
    for (const text of ["<h1>Mug</h1>", "€39.89", "Quantity: 3"]) expect(page).toContain(text);
    await locationOf(send("mug", { ...fieldsOf(page), reference: "ORDER-7" }));
    expect((await soldAtQonto()).at(-1)).toEqual(["39.89", "ORDER-7"]);
    expect(page).toContain('name="reference" value="ORDER 7&amp;quantity=1"');
  });

  it("for a form without a quantity: the way on is the page, not on to Qonto", async () => {
    await locationOf(follow("mug"));
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const wayOn = new URL(hrefIn(await (await send("mug", {}, SHOP)).text()) ?? "", CONNECT);
    const shown = await fetchWorker(wayOn, { headers: CLICKED, redirect: "manual" });
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining("€13.30")]);
  });

  it("by a cent: the page says that it did not work", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    expect(await refusalOf(send("mug", {}))).toEqual([502, "amount_mismatch"]);
  });

  it("because it is asked too much: the page says how long to wait", async () => {
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "7" } });
    const limited = await send("mug", {});
    expect(limited.headers.get("Retry-After")).toBe("7");
    expect(await refusalOf(limited)).toEqual([503, "qonto_rate_limited"]);
  });
});
