import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";

const NAMED_AFTER_ITS_END_MS = 60 * 60_000;

const REMEDIATION =
  'Shoppers can pay: their browser solves a challenge first, which takes about a second. Calls with a secret key are not challenged. If the flood lasts, find its addresses in Cloudflare\'s security events and block them there: see docs/operations/incidents.md, "A flood of checkouts".';

/** Checks whether pages open more checkouts than the merchant's shoppers usually do. */
export function checkFlood({ floodGate }: MerchantContext): Finding<"flood"> {
  const { flood } = floodGate.watch;
  const { perMinute, paidShare } = floodGate.allowance;
  const measured = {
    started_at: isoOf(flood?.startedAt ?? null),
    ended_at: isoOf(flood?.endedAt ?? null),
    challenged: flood?.challenged ?? 0,
    solved: flood?.solved ?? 0,
    allowed_per_minute: perMinute,
    paid_share: paidShare,
  };
  const isOld = flood !== null && flood.endedAt !== null && flood.endedAt < Date.now() - NAMED_AFTER_ITS_END_MS;
  if (flood === null || isOld) return ok("No flood of checkouts in the last hour.", measured);
  const counts = `${flood.challenged} requests were challenged, and ${flood.solved} challenges were solved`;
  const since = isoOf(flood.startedAt);
  const message =
    flood.endedAt === null
      ? `A flood of requests to open checkouts since ${since}: ${counts}.`
      : `A flood of requests to open checkouts began at ${since} and has ended: ${counts}.`;
  return warning(message, REMEDIATION, measured);
}
