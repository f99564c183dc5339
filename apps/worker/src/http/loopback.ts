import { isLoopbackHost } from "@qonto-pay/core/api";

/** Whether an address can only be on this very machine. */
export function isLoopback(url: URL): boolean {
  return isLoopbackHost(url.hostname);
}
