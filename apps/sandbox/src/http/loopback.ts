const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** Whether `text` is an http or https URL that leads to this machine by a loopback name or address. */
export function isLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && LOOPBACK_HOSTS.includes(hostname);
}
