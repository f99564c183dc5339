import { type Config, isLoopback } from "../config.ts";

/** Whether a shopper may be sent to this address: https on a configured pay host; plain http only on this very machine. */
export function isPayUrlAllowed(address: string, config: Pick<Config, "payHosts">): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const isSafeScheme = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
  return isSafeScheme && config.payHosts.has(url.host) && url.username === "" && url.password === "";
}
