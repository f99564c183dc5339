import { beforeEach, describe, expect, it } from "vitest";
import { fieldsOf, follow, forgetKeptLinks, locationOf, refusalOf, send, soldAtQonto } from "../support/no-script.ts";
import { callsToQonto, linksAtQonto } from "../support/sandbox.ts";
import { openShop, SHOP } from "../support/shop.ts";

beforeEach(async () => {
  await openShop();
  await forgetKeptLinks();
});

describe("a form on the shop's page", () => {
  it("may name a quantity and an order number", async () => {
    await locationOf(send("mug", { quantity: "2", reference: "ORDER-7", submit: "Pay" }, SHOP));
    const [link] = await linksAtQonto();
    expect(link?.amount.value).toBe("26.60");
    expect(link?.items[0]?.description).toContain("Reference from the page: ORDER-7");
  });

  it.each(["0", "100", "1.5", "two", "-1", "1e1", "99999"])(
    "is rejected with the quantity %s, and no other quantity is offered",
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
  ])("is rejected with %j, on a page without links", async (form) => {
    const refused = await send("mug", form, SHOP);
    expect(await refused.clone().text()).not.toMatch(/<a |<form/);
    expect(await refusalOf(refused)).toEqual([422, "invalid_request"]);
  });

  it("is rejected if it is too long", async () => {
    expect(await refusalOf(send("mug", { reference: "x".repeat(40_000) }, SHOP))).toEqual([413, "body_too_large"]);
  });

  it.each(["https://evil.example", "null", `${SHOP}.evil.example`, null])(
    "creates nothing from the origin %s, and the order has to be confirmed on our page",
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

describe("a page that is requested with an order", () => {
  it.each([
    ["mug?confirm=1&quantity=100", 422, "quantity_out_of_range"],
    ["mug?confirm=1&quantity=two", 422, "quantity_out_of_range"],
    ["mug?confirm=1&amount=1.00", 422, "amount_out_of_range"],
    ["donation?confirm=1&quantity=2", 422, "quantity_out_of_range"],
    ["mug?confirm=1&reference=%C3%A9", 422, "invalid_request"],
    ["nothing?confirm=1", 404, "product_not_found"],
  ])("is rejected and has no links: %s", async (address, status, code) => {
    const refused = await follow(address);
    expect(await refused.clone().text()).not.toMatch(/<a |<form/);
    expect(await refusalOf(refused)).toEqual([status, code]);
  });

  it("takes its price from the catalogue regardless of its parameters", async () => {
    const page = await (await follow("mug?confirm=1&quantity=2&shown_amount=0.01+EUR&price=0.01")).text();
    expect(page).toContain("€26.60");
    expect(fieldsOf(page)).toMatchObject({ quantity: "2", shown_amount: "26.60 EUR" });
    expect(await callsToQonto()).toEqual([]);
  });
});
