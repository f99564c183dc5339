import type { MerchantEvent } from "@qonto-pay/core/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeStorage, checkOf } from "../support/diagnostics.ts";
import { moveClock, ringAlarm, untilAtRest } from "../support/object/merchant-object.ts";
import { watchLog } from "../support/oauth-outage.ts";
import { answerAsServer } from "../support/server.ts";
import { checkoutFor, openShop } from "../support/shop.ts";
import { flood } from "../support/visitors.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The checkouts that pages of a new shop open at once without a challenge. */
const BURST = 30;

async function floodEvents(): Promise<readonly MerchantEvent[]> {
  const { data } = await answerAsServer<{ data: readonly MerchantEvent[] }>("GET", "events");
  return data.filter(({ type }) => type.startsWith("checkout.flood_"));
}

describe("a flood of checkouts", () => {
  it("causes one event, one log line and a diagnostics warning with a remediation", async () => {
    const log = watchLog();
    await flood(BURST + 60);
    const events = await floodEvents();
    expect(events).toMatchObject([{ type: "checkout.flood_suspected", data: { flood: { ended_at: null } } }]);
    expect(log.codes().filter((code) => code === "flood_suspected")).toHaveLength(1);
    const { status, message, remediation, measured } = await checkOf("flood");
    expect(status).toBe("warning");
    expect(message).toContain("A flood of requests to open checkouts since 20");
    expect(remediation).toContain("Cloudflare");
    expect(measured).toMatchObject({ started_at: events[0]?.data.flood?.started_at, allowed_per_minute: 12 });
  });

  it("ends 10 minutes after the last challenge, with one event and one log line", async () => {
    await flood(BURST + 40);
    const log = watchLog();
    await untilAtRest();
    await moveClock(9 * 60_000);
    await ringAlarm();
    expect(await floodEvents()).toHaveLength(1);
    await moveClock(2 * 60_000);
    await ringAlarm();
    const ended = { type: "checkout.flood_ended", data: { flood: { ended_at: expect.any(String) } } };
    expect((await floodEvents()).slice(1)).toMatchObject([ended]);
    expect(log.codes().filter((code) => code === "flood_ended")).toHaveLength(1);
    expect(await checkOf("flood")).toMatchObject({ status: "warning", message: expect.stringContaining("has ended") });
    await moveClock(61 * 60_000);
    expect(await checkOf("flood")).toMatchObject({ status: "ok", remediation: null });
  });

  it("that is repeated after each end causes few events", async () => {
    for (let hours = 0; hours < 3; hours += 0.5) {
      await flood(BURST + 40);
      await moveClock(30 * 60_000);
      await ringAlarm();
    }
    // 10, 20 and 40 minutes without a challenge were required, and 30 passed each time.
    expect((await floodEvents()).map(({ type }) => type)).toEqual([
      "checkout.flood_suspected",
      "checkout.flood_ended",
      "checkout.flood_suspected",
      "checkout.flood_ended",
      "checkout.flood_suspected",
    ]);
    await moveClock(60 * 60_000);
    await ringAlarm();
    await moveClock(7 * 60 * 60_000);
    await flood(BURST + 40);
    await moveClock(11 * 60_000);
    await ringAlarm();
    expect((await floodEvents()).slice(5).map(({ type }) => type)).toEqual([
      "checkout.flood_ended",
      "checkout.flood_suspected",
      "checkout.flood_ended",
    ]);
  });

  it("is not suspected of a shop whose shoppers pay", async () => {
    for (let count = 0; count < 10; count += 1) await checkoutFor({ product: "mug" });
    await changeStorage("UPDATE checkouts SET status = 'paid', created_at = created_at - 600000");
    await flood(BURST + 60);
    expect(await floodEvents()).toEqual([]);
    const { status, measured } = await checkOf("flood");
    expect([status, measured?.allowed_per_minute, measured?.paid_share]).toEqual(["ok", 300, 1]);
  });
});
