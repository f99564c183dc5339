import { isLoopback } from "./loopback.ts";

/** Where this deployment and Qonto are, and whether all of that is on this very machine. */
export interface OwnHosts {
  /** Each `host` or `host:port`. */
  readonly hosts: ReadonlySet<string>;
  readonly isLocal: boolean;
}

/** Endings of names that are looked up inside of a network, or nowhere. */
const INSIDE = /(^|\.)(arpa|corp|home|internal|intranet|lan|local|localdomain|localhost|onion|private)$/;

/** Two labels at least. The last one has a letter first, so that no IP address, however written, is a name. */
const NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const QONTO = /(^|\.)qonto\.(com|co|eu)$/;

/**
 * Whether a shop's webhook may be sent to this address: https on port 443 of a public name that is neither ours nor
 * Qonto's; on this very machine plain http to it as well. Asked when an address is saved and before each attempt.
 *
 * Where a name leads can't be seen from here. A deployed Worker's requests leave from Cloudflare's public network, which
 * is inside of nobody's.
 */
export function isWebhookUrlAllowed(address: string, { hosts, isLocal }: OwnHosts): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  // What the parser had to mend (white space, back slashes, other alphabets, other ways to write a number) is refused.
  if (url.href !== canonical(address)) return false;
  if (url.username !== "" || url.password !== "" || address.includes("#") || hosts.has(url.host)) return false;
  if (url.protocol === "http:") return isLocal && isLoopback(url);
  const { hostname } = url;
  const isPublic = hostname.length <= 253 && NAME.test(hostname) && !INSIDE.test(hostname);
  return url.protocol === "https:" && url.port === "" && isPublic && !QONTO.test(hostname);
}

/** Two ways to write the same that are nobody's trick: the port that https has anyway, and no path at all. */
function canonical(address: string): string {
  return address.replace(/^(https:\/\/[^/?#]*):443(?=$|[/?#])/, "$1").replace(/^(https?:\/\/[^/?#]+)(?=$|[?#])/, "$1/");
}
