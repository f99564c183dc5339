import type { MerchantContext } from "../context/merchant-context.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

const WARN_MS = 30_000;

/** A webhook's signature is good for 300 seconds: a minute is left for its way here. */
const FAIL_MS = 240_000;

const REMEDIATION =
  "If this runs on a machine of yours, set its clock by NTP. A deployment has Cloudflare's clock: then it is Qonto's that is wrong, and Qonto's support has to be told.";

/** How far Qonto's clock is from this one, by what was answered since this time (milliseconds of the epoch). */
export function checkClockSkew(merchant: MerchantContext, since: number): Finding<"clock_skew"> {
  const skew = merchant.qontoClock.skewSince(since);
  if (skew === null) {
    return failing(
      "Qonto gave no answer to read its clock from.",
      "Do what the check access_token says, and ask again.",
    );
  }
  const measured = { skew_ms: skew };
  const seconds = Math.round(Math.abs(skew) / 1000);
  const message = `Qonto's clock is ${seconds} seconds ${skew < 0 ? "behind" : "ahead of"} this one.`;
  if (Math.abs(skew) <= WARN_MS) return ok(message, measured);
  if (Math.abs(skew) <= FAIL_MS) return warning(message, REMEDIATION, measured);
  return failing(`${message} Webhooks may be taken for too old and refused.`, REMEDIATION, measured);
}
