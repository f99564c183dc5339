import { HOW_TO_GET_HTTPS, isLocalHost } from "@qonto-pay/core/api";

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

const NO_ADDRESS = "must be an https address, like https://shop.example/webhooks";
const HTTPS_NEEDED = `must begin with https://. ${HOW_TO_GET_HTTPS}`;
const HTTPS_OR_LOCAL = `must begin with https://, or be http on localhost or a name in .localhost, .test or .local. ${HOW_TO_GET_HTTPS}`;
const NOT_PUBLIC = "must be of a public name: no IP address, no name of a network inside";
const UNDERSCORE = "must have no underscore in its host name, for which no certificate is issued";

/** An address in the form of the URL parser, or what is wrong with the text: "must …", to follow the name of the field. */
export type ReadWebhookUrl = { readonly url: string } | { readonly problem: string };

/**
 * Reads the address of a shop's webhook endpoint: https on port 443 of a public name that is neither ours nor Qonto's;
 * with a local Worker, plain http on the same machine as well. The rules hold for what the URL parser makes of the text,
 * and that is what has to be stored and requested: `https://2130706433/` is the IP address 127.0.0.1 here and there.
 *
 * Where a name leads can't be seen from here. A deployed Worker's requests leave from Cloudflare's public network, which
 * is inside of nobody's.
 */
export function readWebhookUrl(address: string, own: OwnHosts): ReadWebhookUrl {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return { problem: NO_ADDRESS };
  const problem = problemOf(url, own);
  return problem === null ? { url: url.href } : { problem };
}

/** Whether a webhook may be sent to an address that was stored. Asked before each attempt. */
export function isWebhookUrlAllowed(address: string, own: OwnHosts): boolean {
  return "url" in readWebhookUrl(address, own);
}

function problemOf(url: URL, { hosts, isLocal }: OwnHosts): string | null {
  const { protocol, hostname } = url;
  if (protocol !== "https:" && protocol !== "http:") return NO_ADDRESS;
  if (url.username !== "" || url.password !== "") return "must have no user and no password";
  if (url.href.includes("#")) return "must have no fragment (#), which is never sent";
  if (hosts.has(url.host) || QONTO.test(hostname)) {
    return "must be an address of the shop: this one is the Worker's own, Qonto's or the payment provider's";
  }
  if (protocol === "http:") {
    if (!isLocal) return HTTPS_NEEDED;
    return isLocalHost(hostname) ? null : HTTPS_OR_LOCAL;
  }
  if (url.port !== "") return "must be on port 443, so without a port";
  const isPublic = hostname.length <= 253 && NAME.test(hostname) && !INSIDE.test(hostname);
  if (isPublic) return null;
  return hostname.includes("_") ? UNDERSCORE : NOT_PUBLIC;
}
