/** Browsers that load a page before anybody wants it say so, each in its own way. */
const AHEAD_OF_TIME = /prefetch|prerender|preview/i;

/**
 * Whether a request is somebody's who clicked: browsers say so by `Sec-Fetch-User`. What says nothing (crawlers, those who
 * scan mails, browsers before 2023) or says that it loads something in advance counts as nobody.
 */
export function isByPerson({ method, headers }: Request): boolean {
  const isAhead = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"].some((name) =>
    AHEAD_OF_TIME.test(headers.get(name) ?? ""),
  );
  const isNavigation = headers.get("Sec-Fetch-Mode") === "navigate" && headers.get("Sec-Fetch-User") === "?1";
  return method === "GET" && isNavigation && !isAhead;
}
