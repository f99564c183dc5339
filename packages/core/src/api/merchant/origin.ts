/**
 * Returns whether a host name always resolves to the local machine, regardless of the network. Browsers treat a page
 * there as secure (`localhost`, all names in `.localhost`; W3C Secure Contexts, 3.1).
 *
 * @param hostname in the form of the URL parser: in lower case, IPv6 in brackets.
 */
export function isLoopbackHost(hostname: string): boolean {
  return /^((.+\.)?localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

/**
 * Returns the same as `isLoopbackHost`, and also true for names in `.test` (RFC 6761) and `.local` (RFC 6762), which
 * developers use.
 */
export function isLocalHost(hostname: string): boolean {
  return isLoopbackHost(hostname) || /.\.(test|local)$/.test(hostname);
}

/** Explains how to get https for a page or a server on the local machine. */
export const HOW_TO_GET_HTTPS =
  "For https on your machine, start a tunnel (`cloudflared tunnel --url http://localhost:3000`) and send the address that it prints";

/** An origin, or the problem of the text: "must …", to follow the name of the field. */
export type ReadOrigin = { readonly origin: string } | { readonly problem: string };

/**
 * Reads the origin of pages, or of a server, in the form of the URL parser, which is the form that browsers send: in
 * lower case, internationalized names in Punycode, without surrounding white space, `:443` or a trailing slash.
 *
 * @param isHttpFor the host names for which http is allowed; `isLocalHost` by default.
 */
export function readOrigin(text: string, isHttpFor: (hostname: string) => boolean = isLocalHost): ReadOrigin {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const problem = /^[a-z]+:\/\//i.test(text.trim()) ? "" : ", beginning with https://";
    return { problem: `must be an https origin${problem}, like https://shop.example` };
  }
  if (url.username !== "" || url.password !== "") return { problem: alone("a user or a password") };
  if (url.hash !== "" || url.href.endsWith("#")) return { problem: alone("a fragment (#)") };
  if (url.search !== "" || url.href.endsWith("?")) return { problem: alone("a query (?)") };
  if (url.pathname !== "/") return { problem: alone("a path") };
  if (url.protocol === "http:" && !isHttpFor(url.hostname)) return { problem: HTTPS_NEEDED };
  return { origin: url.origin };
}

function alone(part: string): string {
  return `must be only an origin, without ${part}, like https://shop.example`;
}

const HTTPS_NEEDED = `must be an https origin: http is for this machine only (localhost, and names in .localhost, .test and .local). ${HOW_TO_GET_HTTPS}`;
