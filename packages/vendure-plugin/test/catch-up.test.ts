import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readOrder } from "./setup/back-office.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { payAtQonto, untilPaid } from "./setup/payments.ts";
import { Shop } from "./setup/shop.ts";

/** A shop that receives no webhooks and reads the list of events every second. */

let shop: Shop;
let admin: GraphqlSession;

beforeAll(async () => {
  shop = await Shop.open({ catchUpEveryMs: 1000 });
  admin = await shop.admin();
  await shop.hearsWebhooks(false);
});

afterEach(() => {
  shop.gate.reset();
  shop.rules.reset();
});

afterAll(() => shop.close());

/** @returns the order's code. */
async function payUnheard(): Promise<string> {
  const shopper = shop.storefront();
  await shopper.fillCart("Mug", 1);
  const code = (await shopper.cart())?.code ?? "";
  const { checkoutId } = await shopper.pay();
  await payAtQonto(shop.qontoPay, checkoutId);
  await untilPaid(shop.qontoPay, checkoutId);
  return code;
}

const untilSettled = (code: string) =>
  expect.poll(async () => (await readOrder(admin, code)).state).toBe("PaymentSettled");
const notesOf = async (code: string) => (await readOrder(admin, code)).notes;

describe("events that webhooks missed", () => {
  it("missed events are read at intervals", async () => {
    await untilSettled(await payUnheard());
    await untilSettled(await payUnheard());
  });

  it("events are read from the beginning if the last one has expired", async () => {
    await shop.setLastEvent("evt_00000000000000000000");
    await untilSettled(await payUnheard());
  });

  it("missed events are read once the Worker is back", async () => {
    shop.gate.isOpen = false;
    const problem = expect.stringContaining("Events can't be read now: network");
    await expect.poll(() => shop.logger.lines).toContainEqual(problem);
    shop.gate.isOpen = true;
    await untilSettled(await payUnheard());
  });
});

describe("an event that can't be handled", () => {
  it("an event that fails blocks no other, is reported, and is handled when it can be", async () => {
    let broken = "";
    shop.rules.afterMove = (code, to) => {
      if (code === broken && to === "PaymentSettled") throw new Error("a rule of the shop's own is broken");
    };
    const shopper = shop.storefront();
    await shopper.fillCart("Mug", 1);
    broken = (await shopper.cart())?.code ?? "";
    const { checkoutId } = await shopper.pay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled(await payUnheard());
    await expect.poll(() => notesOf(broken)).toHaveLength(1);
    expect(await notesOf(broken)).toEqual([expect.stringContaining(`${checkoutId} of this order got a checkout.paid`)]);
    expect(shop.logger.lines).toContainEqual(expect.stringContaining("a rule of the shop's own is broken"));
    shop.rules.reset();
    await untilSettled(broken);
    expect(await notesOf(broken)).toHaveLength(1);
  });
});
