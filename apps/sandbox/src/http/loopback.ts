import { isLoopbackHost } from "@qonto-pay/core/api";

/** Whether `text` is an http or https URL of this machine. */
export function isLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && isLoopbackHost(hostname);
}
