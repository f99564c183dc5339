import { isLoopbackHost } from "@qonto-pay/core/api";

/**
 * Whether a person may be redirected to this address: https on one of the hosts; plain http only on this machine.
 *
 * @param hosts each `host` or `host:port`.
 */
export function isUrlAllowed(address: string, hosts: ReadonlySet<string>): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const isSafeScheme = url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
  // Qonto did not write an address that the parser had to correct (white space, back slashes, look-alike letters).
  const isAsWritten = url.href === address;
  return isAsWritten && isSafeScheme && hosts.has(url.host) && url.username === "" && url.password === "";
}
