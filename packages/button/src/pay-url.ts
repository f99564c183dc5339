const PAY_HOST = "pay.qonto.com";
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Whether the shopper may be sent to this address: `https:` on Qonto's pay host and its default port, or with a sandbox
 * key also `http:` and `https:` on the loopback, where a local sandbox answers. Never with a user name or a password.
 *
 * Only an address that the URL parser leaves as it is passes: nothing is left for it to strip, decode or resolve.
 */
export function isAllowedPayUrl(address: string, key: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.href !== address || url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:" && url.host === PAY_HOST) return true;
  return /^https?:$/.test(url.protocol) && LOOPBACK.includes(url.hostname) && key.startsWith("pk_sandbox_");
}
