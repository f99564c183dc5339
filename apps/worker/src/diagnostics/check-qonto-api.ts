import { FOREIGN_ADVICE, SHAPE_ADVICE } from "../errors/qonto-remediation.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, ok, warning, failing } from "./check.ts";

/** A shopper's click waits for one call to Qonto. */
const SLOW_CALL_MS = 2_000;

/** Checks whether a call with the merchant's token works, and measures its duration. @throws QontoError */
export async function checkAccessToken(merchant: MerchantContext): Promise<Finding<"access_token">> {
  const startedAt = Date.now();
  await merchant.qonto.getOrganization();
  const measured = { latency_ms: Date.now() - startedAt };
  const message = `Qonto answered a call with the merchant's token in ${measured.latency_ms} ms.`;
  if (measured.latency_ms < SLOW_CALL_MS) return ok(message, measured);
  return warning(
    message,
    "Run the diagnostics again in a minute. If Qonto stays slow, look at Qonto's status page.",
    measured,
  );
}

const SKEW_WARNING_MS = 30_000;

/** A webhook's signature is valid for 300 seconds. This leaves a minute for its delivery. */
const SKEW_FAILING_MS = 240_000;

const CLOCK_REMEDIATION =
  "If the Worker runs on your own machine, synchronize its clock by NTP. A deployment uses Cloudflare's clock: then Qonto's clock is wrong, so report it to Qonto's support.";

/**
 * Measures the difference between Qonto's clock and this one, from answers since this time (milliseconds since the
 * epoch).
 */
export function checkClockSkew(merchant: MerchantContext, since: number): Finding<"clock_skew"> {
  const skew = merchant.qontoClock.skewSince(since);
  if (skew === null) {
    return failing(
      "Qonto gave no answer that shows its clock.",
      "Follow the remediation of the check access_token, then run the diagnostics again.",
    );
  }
  const measured = { skew_ms: skew };
  const seconds = Math.round(Math.abs(skew) / 1000);
  const message = `Qonto's clock is ${seconds} seconds ${skew < 0 ? "behind" : "ahead of"} this one.`;
  if (Math.abs(skew) <= SKEW_WARNING_MS) return ok(message, measured);
  if (Math.abs(skew) <= SKEW_FAILING_MS) return warning(message, CLOCK_REMEDIATION, measured);
  return failing(`${message} The Worker may reject webhooks as too old.`, CLOCK_REMEDIATION, measured);
}

/**
 * Reports the environment. A key of the other environment never gets here: the Worker rejects it with
 * `key_environment_mismatch`.
 */
export function checkKeyEnvironment({ config }: MerchantContext): Finding<"key_environment"> {
  const { environment, apiUrl } = config;
  const measured = { environment, qonto_host: apiUrl.host };
  const money = environment === "live" ? "money moves" : "no money moves";
  return ok(`This is a ${environment} key, and the deployment uses the same environment of Qonto: ${money}.`, measured);
}

const RECENT_MS = 60 * 60_000;

/** Reports the last failed calls to Qonto. */
export function checkLastErrors(merchant: MerchantContext): Finding<"last_errors"> {
  const faults = merchant.qontoErrors.list();
  const measured = {
    errors: faults.map(({ operation, message, cause, count, firstAt, lastAt }) => ({
      operation,
      message,
      cause,
      count,
      first_at: new Date(firstAt).toISOString(),
      last_at: new Date(lastAt).toISOString(),
    })),
  };
  const recent = faults.filter(({ lastAt }) => Date.now() - lastAt <= RECENT_MS);
  const changed = recent.find(({ cause }) => cause === "unknown_shape");
  const unreadable = recent.find(({ cause }) => cause === "unreadable_answer");
  if (changed !== undefined)
    return failing(`${changed.message}, which this version does not know.`, SHAPE_ADVICE, measured);
  if (unreadable !== undefined) return warning(`${unreadable.message}.`, FOREIGN_ADVICE, measured);
  if (recent.length > 0) {
    return warning(
      "Calls to Qonto have failed within the hour.",
      "Compare their times with the problems in the shop. The Worker repeats reads automatically. If an error continues, follow the remediation of the failing checks. If none is failing, send Qonto's support the operation and the trace_id of the log.",
      measured,
    );
  }
  if (faults.length === 0) return ok("No call to Qonto has ever failed.", measured);
  return ok("No call to Qonto has failed within the hour.", measured);
}
