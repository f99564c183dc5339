const PAY_PAGE = /^https:\/\/pay\.qonto\.com\//;

/** Qonto's sandbox has its pay pages on a separate host. A local sandbox answers on the loopback. */
const SANDBOX_PAY_PAGE = /^(https:\/\/pay-sandbox\.qonto\.com|https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)\//;

/**
 * Returns whether the shopper may be sent to this address: `https:` on Qonto's pay host and its default port. A sandbox
 * key also allows the pay host of Qonto's sandbox, and `http:` or `https:` on the loopback. An address with a user name
 * or a password is never allowed.
 *
 * The URL parser must return the address unchanged, so that it has nothing to strip, decode or resolve.
 */
export function isAllowedPayUrl(address: string, publishableKey: string): boolean {
  try {
    if (new URL(address).href !== address) return false;
  } catch {
    return false;
  }
  return PAY_PAGE.test(address) || (publishableKey.startsWith("pk_sandbox_") && SANDBOX_PAY_PAGE.test(address));
}
