import type { MerchantEventFields } from "@qonto-pay/core/api";
import { logFlood } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { FloodRecord } from "../storage/settings.ts";
import { type FloodHost, FloodWatch } from "./flood-watch.ts";

/** Creates the watch of a merchant, which reports each flood to the merchant's shop and to the operator's log. */
export function watchFloods(merchantOf: () => MerchantContext): FloodWatch {
  const report = (type: "checkout.flood_suspected" | "checkout.flood_ended", flood: FloodRecord): void => {
    const merchant = merchantOf();
    merchant.transaction(() => recordEvent(merchant, type, { flood: fieldsOf(flood) }));
    logFlood(merchant.name, type === "checkout.flood_ended" ? "flood_ended" : "flood_suspected", fieldsOf(flood));
    // Also schedules the alarm for the end of the flood.
    merchant.dispatchSoon();
  };
  const host: FloodHost = {
    read: () => merchantOf().settings.read("flood"),
    write: (record) => merchantOf().settings.write("flood", record),
    began: (record) => report("checkout.flood_suspected", record),
    ended: (record) => report("checkout.flood_ended", record),
  };
  return new FloodWatch(host);
}

function fieldsOf({ startedAt, endedAt, challenged, solved }: FloodRecord): MerchantEventFields["flood"] {
  return {
    started_at: new Date(startedAt).toISOString(),
    ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
    challenged,
    solved,
  };
}

/** Runs from the alarm: ends the present flood once no request was challenged for long enough. */
export function endFlood({ floodGate }: MerchantContext): void {
  floodGate.watch.endIfOver(Date.now());
}
