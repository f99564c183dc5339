import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letPass } from "../support/connect.ts";
import { checkOf, repair, stored } from "../support/diagnostics.ts";
import { eventually } from "../support/eventually.ts";
import { changeDatabase, merchantObject } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf } from "../support/sandbox.ts";
import { checkoutFor, openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

describe("the rounding", () => {
  it("reports the policies that explain all amounts so far", async () => {
    expect((await checkOf("rounding")).measured).toMatchObject({ answers: 0, policies: { length: 10 } });
    await checkoutFor({ product: "mug" });
    expect(await checkOf("rounding")).toMatchObject({ status: "ok", measured: { answers: 1 } });
  });

  it("is a warning if no policy explains it", async () => {
    const unknown = JSON.stringify({ policies: [], answers: 0 });
    await changeDatabase(({ sql }) => {
      sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES ('rounding', ?)", unknown);
    });
    expect((await checkOf("rounding")).status).toBe("warning");
  });
});

describe("open checkouts", () => {
  it("cause a warning if their links are overdue for a read, and are read after a repair", async () => {
    await checkoutFor({ product: "mug" });
    expect(await checkOf("late_reads")).toMatchObject({ status: "ok", measured: { open_checkouts: 1, late_reads: 0 } });
    await runInDurableObject(merchantObject(), async (_object, state) => {
      state.storage.sql.exec("UPDATE checkouts SET read_at = ?", Date.now() - 11 * 60_000);
      await state.storage.deleteAlarm();
    });
    expect(await checkOf("late_reads")).toMatchObject({ status: "warning", measured: { late_reads: 1 } });
    expect((await stored()).alarm).toBeNull();
    await repair();
    await eventually(async () => expect((await checkOf("late_reads")).status).toBe("ok"));
  });
});

describe("lost links", () => {
  it("are counted while the Worker searches for them, and a warning if that does not end", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    await breakOperation("deactivatePaymentLink", { status: 403, times: 0 });
    await checkoutFor({ product: "poster" }).catch(() => null);
    await eventually(async () => expect((await callsOf("deactivatePaymentLink")).length).toBeGreaterThan(0));
    expect(await checkOf("lost_links")).toMatchObject({ status: "ok", measured: { waiting: 1 } });
    await letPass(20);
    const { status, measured } = await checkOf("lost_links");
    expect(status).toBe("warning");
    expect(Date.now() - Date.parse(measured?.oldest_noted_at ?? "")).toBeGreaterThan(15 * 60_000);
  });
});
