import { afterEach, describe, expect, it } from "vitest";
import { endKilling, killAtEveryWrite } from "../support/object/kill-at-write.ts";
import { ringUntil } from "../support/object/merchant-object.ts";
import { follow, forgetKeptLinks, locationOf } from "../support/no-script.ts";
import { control, linksAtQonto } from "../support/sandbox.ts";
import { callAsServer, toldTypes } from "../support/server.ts";
import { KEY, pay } from "../support/shop.ts";

async function openLinks(): Promise<readonly string[]> {
  return (await linksAtQonto()).filter(({ status }) => status === "open").map(({ url }) => url);
}

afterEach(endKilling);

describe("an object that is killed at any of its writes", () => {
  const items = [
    { title: "Tea", quantity: 1, price: { value: "7.50", currency: "EUR" }, tax_behavior: "inclusive", vat_rate: "20" },
  ];
  const asServer = { idempotencyKey: "key-of-a-kill", body: { items, reference: "ORDER-1" } };
  const urlOf = async (answer: Promise<Response>): Promise<string> => {
    const response = await answer;
    const body = await response.json<{ url?: string }>();
    if (body.url === undefined) throw new Error(`no link: ${response.status}`);
    return body.url;
  };
  const attempt = { publishable_key: KEY, product: "mug", attempt_id: "attempt-of-a-kill" };
  const CREATIONS: readonly (readonly [who: string, create: () => Promise<string>, reported: string])[] = [
    ["a page", () => urlOf(pay(attempt)), "checkout.paid"],
    ["the merchant's server", () => urlOf(callAsServer("POST", "checkouts", asServer)), "checkout.paid"],
    // Any number of people can pay a shared link.
    ["a visitor of a shared link", () => locationOf(follow("mug")), "checkout.payment_received"],
  ];

  /** The address that the killed call has answered; null: none. */
  let answered: string | null = null;
  const answering = (create: () => Promise<string>) => async (): Promise<void> => {
    answered = null;
    answered = await create();
  };

  it.each(CREATIONS)(
    "gives %s one link, even when the call is repeated, and reports its payment",
    async (_who, create, reported) => {
      const writes = await killAtEveryWrite({
        task: answering(create),
        check: async (where) => {
          const url = await create();
          expect(answered ?? url, where).toBe(url);
          await forgetKeptLinks();
          expect(await create(), where).toBe(url);
          await ringUntil(async () => expect(await openLinks(), where).toEqual([url]), 20_000);
          const paid = (await linksAtQonto()).find((link) => link.url === url);
          // Without an event: the Worker polls the link.
          await control("POST", `payment_links/${paid?.id}/payments`, { status: "paid" });
          await ringUntil(async () => expect(await toldTypes(), where).toEqual([reported]), 20_000);
        },
      });
      // At least the checkout, the reservation and its removal, and the link.
      expect(writes.length).toBeGreaterThanOrEqual(4);
    },
  );

  it.each(CREATIONS)("leaves no link that can be paid if %s does not call again", async (_who, create) => {
    await killAtEveryWrite({
      task: answering(create),
      check: async (where) => {
        const kept = answered === null ? [] : [answered];
        await ringUntil(async () => expect(await openLinks(), where).toEqual(kept), 20_000);
      },
    });
  });
});
