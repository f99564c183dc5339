/** Browsers that load a page before anybody wants it say so, each in its own way. */
const AHEAD_OF_TIME = /prefetch|prerender|preview/i;

/**
 * Whether a request is somebody's who clicked, or typed the address: browsers say so by `Sec-Fetch-User`. What says nothing
 * (most crawlers and those who scan mails, browsers before 2023), says that it loads something in advance, or opens it in a
 * frame counts as nobody. A program that drives a whole browser can't be told from a person.
 */
export function isUserNavigation({ method, headers }: Request): boolean {
  const isAhead = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"].some((name) =>
    AHEAD_OF_TIME.test(headers.get(name) ?? ""),
  );
  const isNavigation = headers.get("Sec-Fetch-Mode") === "navigate" && headers.get("Sec-Fetch-Dest") === "document";
  const isByUser = headers.get("Sec-Fetch-User") === "?1";
  return method === "GET" && isNavigation && isByUser && !isAhead;
}
