import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

const SESSION_LIFE_MS = 24 * 60 * 60 * 1000;

export interface OnboardingStart {
  /** SHA-256 of the link's token, in hex. */
  readonly linkHash: string;
  /** SHA-256 of the browser's cookie value, in hex. */
  readonly sessionHash: string;
}

/**
 * Consumes a connect link and opens a session for the browser that used it. A second click in the same browser
 * succeeds, since its session exists.
 *
 * @throws ApiError `invalid_connect_link`.
 */
export function startOnboarding(merchant: MerchantContext, { linkHash, sessionHash }: OnboardingStart): void {
  const now = Date.now();
  if (merchant.connectLinks.take(linkHash, now)) merchant.connectSessions.add(sessionHash, now + SESSION_LIFE_MS, now);
  else if (!merchant.connectSessions.has(sessionHash, now)) throw new ApiError("invalid_connect_link");
}

/** Whether a link is still valid. Does not consume the link, since mail scanners open links too. */
export function isLinkGood(merchant: MerchantContext, linkHash: string): boolean {
  return merchant.connectLinks.has(linkHash, Date.now());
}
