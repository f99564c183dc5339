import { env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ringAlarm } from "../support/object/merchant-object.ts";
import { control } from "../support/sandbox.ts";
import { openServerCheckout, type ServerCheckout, answerAsServer, toldEvents } from "../support/server.ts";
import { openShop } from "../support/shop.ts";
import { deliver, paymentLinkEvent, sign } from "../support/webhook.ts";
import { webhookSecret } from "../support/sandbox.ts";

beforeEach(async () => {
  await openShop();
  await control("PUT", "rate_limits", { per_10_seconds: null, per_10_minutes: null });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The pause between two checkouts. A quick series would exceed the Worker's limits. */
const BETWEEN_CHECKOUTS_MS = 3_000;

/** The webhooks that Qonto sends for one payment, with its occasional duplicates. */
const STORY = ["created", "processing", "processing", "paid", "paid", "paid"] as const;

type Told = (typeof STORY)[number];

/** Returns every order of the webhooks. Swapping two identical ones does not count as another order. */
function ordersOf(story: readonly Told[]): readonly (readonly Told[])[] {
  if (story.length === 0) return [[]];
  return [...new Set(story)].flatMap((first) => {
    const at = story.indexOf(first);
    return ordersOf([...story.slice(0, at), ...story.slice(at + 1)]).map((rest) => [first, ...rest]);
  });
}

async function sendInOrder(checkout: ServerCheckout, order: readonly Told[], secret: string): Promise<void> {
  const bodies = new Map(
    STORY.map((status) => [
      status,
      JSON.stringify(paymentLinkEvent(checkout.payment_link.id, { id: `${checkout.id}-${status}`, status })),
    ]),
  );
  for (const [sent, status] of order.entries()) {
    const body = bodies.get(status) ?? "";
    await deliver(body, await sign(body, secret));
    // The payment is under way after half of the webhooks, and then completed, regardless of their order.
    if (sent === Math.floor(order.length / 2)) {
      await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "pending" });
      await ringAlarm();
      await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid" });
    }
  }
  await ringAlarm();
}

/** 60 orders of six webhooks take half a minute, so only the extended tests send them. */
const LONGEST = Number((env as unknown as Record<string, string>)["WEBHOOKS_IN_ORDER"]);

describe("the webhooks of one payment", () => {
  it.each(Array.from({ length: LONGEST }, (_, index) => index + 1))(
    "lead to the same end in every order of %i of them, duplicates included, and each transition causes one event",
    async (count) => {
      const secret = await webhookSecret();
      const startedAt = Date.now();
      const orders = ordersOf(STORY.slice(0, count));
      for (const [index, order] of orders.entries()) {
        vi.useFakeTimers({ toFake: ["Date"], now: startedAt + index * BETWEEN_CHECKOUTS_MS });
        const checkout = await openServerCheckout();
        await sendInOrder(checkout, order, secret);
        await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
      }
      const transitions = new Map<string, string[]>();
      for (const { type, data } of await everyEvent()) {
        const id = data.checkout?.id ?? "";
        transitions.set(id, [...(transitions.get(id) ?? []), type]);
      }
      expect(transitions.size).toBe(orders.length);
      for (const types of transitions.values()) {
        expect([["checkout.paid"], ["checkout.processing", "checkout.paid"]]).toContainEqual(types);
      }
    },
  );
});

async function everyEvent() {
  const found = [...(await toldEvents())];
  for (;;) {
    const page = await answerAsServer<{ data: typeof found; has_more: boolean }>(
      "GET",
      `events?after=${found.at(-1)?.id}`,
    );
    found.push(...page.data);
    if (!page.has_more) return found;
  }
}
