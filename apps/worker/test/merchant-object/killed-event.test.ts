import { afterEach, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { endKilling, killAtEveryWrite } from "../support/object/kill-at-write.ts";
import { ringUntil, untilAtRest } from "../support/object/merchant-object.ts";
import { control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, toldTypes } from "../support/server.ts";
import { checkoutFor } from "../support/shop.ts";
import { openEndpoint, receivedAt, resetShops } from "../support/shop-server.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

afterEach(async () => {
  endKilling();
  await resetShops();
});

// The runtime waits for two seconds and more before it repeats an alarm whose object was killed, so this takes a minute.
it("an object that is killed at any write for an event of Qonto reports the payment to the shop, with one event", async () => {
  let event = paymentLinkEvent("");
  // Qonto repeats an event that was not acknowledged.
  const receive = async (): Promise<void> => {
    expect((await deliverEvent(event)).status).toBe(200);
  };
  const writes = await killAtEveryWrite({
    before: async () => {
      await resetShops();
      await openEndpoint("/shop", { event_types: ["checkout.paid"] });
      await checkoutFor({ product: "mug" });
      const [link] = await linksAtQonto();
      await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
      event = paymentLinkEvent(link?.id ?? "");
      await untilAtRest();
    },
    task: async () => {
      await receive();
      await untilAtRest();
    },
    check: async (where) => {
      await receive();
      // The clock does not advance, so that no poll finds what the event reported.
      await eventually(async () => {
        const { data } = await answerAsServer<{ data: readonly { status: string }[] }>("GET", "checkouts");
        expect(
          data.map(({ status }) => status),
          where,
        ).toEqual(["paid"]);
      });
      await ringUntil(async () => {
        const received = await receivedAt("/shop");
        expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size, where).toBe(1);
      }, 20_000);
      expect(
        (await toldTypes()).filter((type) => type === "checkout.paid"),
        where,
      ).toHaveLength(1);
    },
  });
  // At least the event, the due time of the read, the status, the payment, the Worker's event and its delivery.
  expect(writes.length).toBeGreaterThanOrEqual(6);
});
