import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, ok, warning } from "./check.ts";

/** A click waits for one call of Qonto's. */
const SLOW_MS = 2_000;

/** Whether a call with the merchant's token works, and how long it takes. @throws QontoError */
export async function checkAccessToken(merchant: MerchantContext): Promise<Finding<"access_token">> {
  const startedAt = Date.now();
  await merchant.qonto.getOrganization();
  const measured = { latency_ms: Date.now() - startedAt };
  const message = `Qonto answered a call with the merchant's token in ${measured.latency_ms} ms.`;
  if (measured.latency_ms < SLOW_MS) return ok(message, measured);
  return warning(message, "Ask again in a minute. If it stays slow, look at Qonto's status page.", measured);
}
