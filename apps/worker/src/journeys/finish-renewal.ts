import type { Merchant } from "../merchant/merchant.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";

/** A good answer takes less; five tries fit into the 60 seconds for which Qonto keeps a used refresh token. */
export const RENEWAL_OVER_AFTER_MS = 10_000;

/** After this a used refresh token is dead, and trying on would only be refused. */
const GRACE_MS = 60_000;

/** When `finishRenewal` has something to do; null: it has not. */
export function renewalDueAt(merchant: Merchant): number | null {
  const begunAt = merchant.settings.read("renewal_begun_at");
  return begunAt === null ? null : begunAt + RENEWAL_OVER_AFTER_MS;
}

/**
 * From the alarm: repeats a token refresh that was begun and never finished, because the object died in between or Qonto's
 * answer was lost, until it is done or hopeless. Never throws a `QontoFault`.
 */
export async function finishRenewal(merchant: Merchant): Promise<void> {
  const begunAt = merchant.settings.read("renewal_begun_at");
  if (begunAt === null || Date.now() < begunAt + RENEWAL_OVER_AFTER_MS) return;
  try {
    await merchant.accessToken.renew();
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    const isHopeless = fault.kind === "not_connected" || Date.now() > begunAt + GRACE_MS;
    if (isHopeless) merchant.settings.remove("renewal_begun_at");
  }
}
