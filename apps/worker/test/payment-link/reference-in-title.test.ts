import { beforeEach, describe, expect, it } from "vitest";
import { markedCheckoutOf } from "../../src/payment-link/recovery-mark.ts";
import { eventually } from "../support/eventually.ts";
import { ringAlarmAfter } from "../support/object/merchant-object.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { askQonto, breakOperation, callsOf, linksAtQonto } from "../support/sandbox.ts";
import { callAsServer, openServerCheckout } from "../support/server.ts";
import { checkoutFor, openShop, saveProduct } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);

const item = (title: string, detail: Record<string, unknown> = {}) => ({
  title,
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
  ...detail,
});

const TEA = { title: "Tea", price: { value: "12.00", currency: "EUR" }, tax_behavior: "inclusive", vat_rate: "20" };

const lineWith = (description: string) => ({
  title: "Poster",
  description,
  quantity: 1,
  unit_price: { value: "10.00", currency: "EUR" },
  vat_rate: "20",
});

/** Returns the lines of the newest link at Qonto. */
async function linesAtQonto() {
  return (await linksAtQonto())[0]?.items ?? [];
}

describe("the title that Qonto's list of links shows", () => {
  it.each([
    "7",
    "ORDER-4711",
    "Shop 2, order 4711 (gift)",
    "R".repeat(33),
    `web/${"9".repeat(60)}`,
    '<b>"4711"</b> & co.',
  ])("begins with the reference of the merchant's server: %j", async (reference) => {
    await openServerCheckout({ items: [item("Poster"), item("Frame")], reference });
    expect((await linesAtQonto()).map(({ title }) => title)).toEqual([`${reference} \u00b7 Poster`, "Frame"]);
  });

  it("begins with the reference of a signed offer", async () => {
    const checkout = { ...OFFERED, reference: "Commission 7, second part of it, paid in June" };
    await checkoutFor({ offer: await signOffer({ claims: { checkout } }) });
    const [line] = await linesAtQonto();
    expect(line?.title).toBe("Commission 7, second part of it, paid in June \u00b7 Commissioned bowl");
  });

  it("is the item's own if the merchant's server sent no reference", async () => {
    await openServerCheckout({ items: [item("Poster")] });
    expect((await linesAtQonto())[0]?.title).toBe("Poster");
  });

  it.each([
    ["ORDER-1", `${"long ".repeat(22)}poster`],
    ["R".repeat(64), "\u{1F469}\u200d\u{1F469}\u200d\u{1F467}".repeat(20)],
    ["R".repeat(64), "e\u0301\u0302".repeat(40)],
  ])("keeps the whole reference and whole characters of a title that is too long: %j", async (reference, title) => {
    await openServerCheckout({ items: [item(title)], reference });
    const sent = (await linesAtQonto())[0]?.title ?? "";
    expect(Array.from(sent).length).toBeLessThanOrEqual(120);
    expect(Array.from(sent).length).toBeGreaterThan(110);
    expect(sent.startsWith(`${reference} \u00b7 `)).toBe(true);
    expect(sent.endsWith("\u2026")).toBe(true);
    const kept = sent.slice(reference.length + 3, -1);
    const segments = (text: string) => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
    expect(segments(title.normalize("NFC")).slice(0, segments(kept).length).join("").trimEnd()).toBe(kept);
  });

  it.each(["ORDER-1", "order 1", "R".repeat(40), "Call 0190 123456"])(
    "never contains a page's reference: %j",
    async (reference) => {
      await checkoutFor({ product: "mug", reference });
      await checkoutFor({ items: [{ product: "mug" }, { product: "poster" }], reference });
      for (const link of await linksAtQonto()) {
        for (const { title, description = "" } of link.items) {
          expect(title).not.toContain(reference);
          // Labelled as the page's, and only as a word without spaces.
          expect(description.split(reference).length - 1).toBe(
            description.includes(`Reference from the page: ${reference}`) ? 1 : 0,
          );
          expect(description).not.toMatch(/0190|order 1/);
        }
      }
    },
  );
});

describe("the mark by which an orphaned link is found", () => {
  const MARK = /^(?:.* \u00b7 )?Ref\. co_\w+$/s;

  it("is the last text of the last line, and nowhere else", async () => {
    const description = "Blue, with our logo";
    await openServerCheckout({
      items: [item("Poster", { description }), item("Frame"), item("Nail")],
      reference: "ORDER-1",
    });
    const lines = await linesAtQonto();
    expect(lines.slice(0, -1).map((line) => line.description)).toEqual([description, undefined]);
    expect(lines.at(-1)?.description).toMatch(MARK);
    await openServerCheckout({ items: [item("Poster", { description })] });
    expect((await linesAtQonto())[0]?.description).toMatch(/^Blue, with our logo \u00b7 Ref\. co_\w+$/);
  });

  it("stays within the length to which the description is cut", async () => {
    const family = "\u{1F469}\u200d\u{1F467}";
    await openServerCheckout({ items: [item("Poster", { description: family.repeat(100) })] });
    const [line] = await linesAtQonto();
    expect(line?.description).toMatch(MARK);
    expect(line?.description).toMatch(new RegExp(`^(${family})+\u2026 \u00b7 Ref`, "u"));
    expect(Array.from(line?.description ?? "").length).toBeLessThanOrEqual(255);
    await saveProduct("tea", { ...TEA, description: "Black tea. ".repeat(45) });
    await checkoutFor({ product: "tea", reference: "R".repeat(32) });
    const [ofPage] = await linesAtQonto();
    expect(ofPage?.description).toMatch(MARK);
    expect(ofPage?.description).toContain(` \u00b7 Reference from the page: ${"R".repeat(32)} \u00b7 Ref. co_`);
    expect(ofPage?.description?.length).toBeGreaterThan(240);
    expect(ofPage?.description?.length).toBeLessThanOrEqual(255);
  });

  it("is searched for quickly in the long texts of other links", async () => {
    const start = Date.now();
    expect(markedCheckoutOf({ items: [lineWith("Ref. ".repeat(20_000))] })).toBeNull();
    // The clock stands still until an input or output.
    await linksAtQonto();
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  const ORDERS = [
    ["of many lines with a reference", { items: [item("Poster"), item("Frame"), item("Nail")], reference: "ORDER 1" }],
    ["of one line", { items: [item("Poster")] }],
    ["whose title is cut", { items: [item("\u{1F375}".repeat(120)), item("Frame")], reference: "R".repeat(64) }],
    [
      "whose own texts contain the marks of others",
      {
        items: [
          item("Ref. co_00000000000000000000", { description: "Ref. co_11111111111111111111" }),
          item("Frame", { description: "As in Ref. co_22222222222222222222, again" }),
        ],
      },
    ],
  ] as const;

  it.each(ORDERS)("identifies the link of an order %s in Qonto's list", async (_which, order) => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    expect((await callAsServer("POST", "checkouts", { body: order })).status).toBe(503);
    await eventually(async () => {
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    });
  });

  it.each(ORDERS)("identifies a late link of an order %s from a webhook", async (_which, order) => {
    await breakOperation("createPaymentLink", { drop: true, when: "before", times: 2 });
    expect((await callAsServer("POST", "checkouts", { body: order })).status).toBe(503);
    // By then the search has ended, and the next checkout has its own mark.
    for (let ring = 0; ring < 4; ring += 1) await ringAlarmAfter(601_000);
    const { payment_link: own } = await openServerCheckout({ items: order.items });
    const late = await createLate();
    await deliverEvent(paymentLinkEvent(late));
    await ringAlarmAfter(61_000);
    await eventually(async () => expect(await statusAtQonto(late)).toBe("canceled"));
    expect(await statusAtQonto(own.id)).toBe("open");
  });

  it("is found in the first line of an older link", async () => {
    const { id, payment_link } = await openServerCheckout();
    const orphan = await createAtQonto([
      { title: "Poster", description: `Blue \u00b7 Order 1 \u00b7 Ref. ${id}` },
      { title: "Frame", description: "Oak" },
    ]);
    await deliverEvent(paymentLinkEvent(orphan));
    await ringAlarmAfter(61_000);
    await eventually(async () => expect(await statusAtQonto(orphan)).toBe("canceled"));
    expect(await statusAtQonto(payment_link.id)).toBe("open");
  });

  /** Executes the first create call, which Qonto has never answered. */
  async function createLate(): Promise<string> {
    const [first] = await callsOf("createPaymentLink");
    return idOf(await askQonto("/v2/payment_links", { method: "POST", body: first?.body }));
  }

  async function createAtQonto(
    lines: readonly { readonly title: string; readonly description: string }[],
  ): Promise<string> {
    const items = lines.map((line) => ({
      ...line,
      quantity: 1,
      unit_price: { value: "10.00", currency: "EUR" },
      vat_rate: "20",
    }));
    const body = { payment_link: { reusable: false, potential_payment_methods: ["credit_card"], items } };
    return idOf(await askQonto("/v2/payment_links", { method: "POST", body }));
  }

  function idOf(answer: unknown): string {
    const { payment_link } = answer as { payment_link?: { id: string } };
    return payment_link?.id ?? (answer as { id: string }).id;
  }

  async function statusAtQonto(linkId: string): Promise<string | undefined> {
    return (await linksAtQonto()).find(({ id }) => id === linkId)?.status;
  }
});
