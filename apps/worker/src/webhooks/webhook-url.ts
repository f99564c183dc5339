import { HOW_TO_GET_HTTPS, isLocalHost } from "@qonto-pay/core/api";

/** The hosts of this deployment and of Qonto, and whether all of them are on this machine. */
export interface OwnHosts {
  /** Each `host` or `host:port`. */
  readonly hosts: ReadonlySet<string>;
  readonly isLocal: boolean;
}

/** Endings of names that resolve only inside a network, or nowhere. */
const INSIDE = /(^|\.)(arpa|corp|home|internal|intranet|lan|local|localdomain|localhost|onion|private)$/;

/** At least two labels. The last one begins with a letter, so that no form of an IP address is a name. */
const NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const QONTO = /(^|\.)qonto\.(com|co|eu)$/;

const NO_ADDRESS = "must be an https address, like https://shop.example/webhooks";
const HTTPS_NEEDED = `must begin with https://. ${HOW_TO_GET_HTTPS}`;
const HTTPS_OR_LOCAL = `must begin with https://, or be http on localhost or a name in .localhost, .test or .local. ${HOW_TO_GET_HTTPS}`;
const NOT_PUBLIC = "must have a public host name: no IP address and no internal name";
const UNDERSCORE = "must have no underscore in its host name, because no certificate is issued for one";

/** An address in the form of the URL parser, or the problem of the text: "must …", to follow the name of the field. */
export type ReadWebhookUrl = { readonly url: string } | { readonly problem: string };

/**
 * Reads the address of a shop's webhook endpoint: https on port 443 of a public name that is neither ours nor Qonto's;
 * with a local Worker, also plain http on the same machine. The rules apply to the parsed address, which is also what
 * must be stored and requested: `https://2130706433/` is the IP address 127.0.0.1.
 *
 * The Worker can't see where a name resolves to. A deployed Worker sends its requests from Cloudflare's public network,
 * which is not inside any private network.
 */
export function readWebhookUrl(address: string, own: OwnHosts): ReadWebhookUrl {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return { problem: NO_ADDRESS };
  const problem = problemOf(url, own);
  return problem === null ? { url: url.href } : { problem };
}

/** Whether a webhook may be sent to a stored address. Checked before each attempt. */
export function isWebhookUrlAllowed(address: string, own: OwnHosts): boolean {
  return "url" in readWebhookUrl(address, own);
}

function problemOf(url: URL, { hosts, isLocal }: OwnHosts): string | null {
  const { protocol, hostname } = url;
  if (protocol !== "https:" && protocol !== "http:") return NO_ADDRESS;
  if (url.username !== "" || url.password !== "") return "must have no user and no password";
  if (url.href.includes("#")) return "must have no fragment (#), which is never sent";
  if (hosts.has(url.host) || QONTO.test(hostname)) {
    return "must be the shop's own address, not one of the Worker, Qonto or the payment provider";
  }
  if (protocol === "http:") {
    if (!isLocal) return HTTPS_NEEDED;
    return isLocalHost(hostname) ? null : HTTPS_OR_LOCAL;
  }
  if (url.port !== "") return "must use port 443: leave out the port";
  const isPublic = hostname.length <= 253 && NAME.test(hostname) && !INSIDE.test(hostname);
  if (isPublic) return null;
  return hostname.includes("_") ? UNDERSCORE : NOT_PUBLIC;
}
