/**
 * The path of a call. Each segment stays one, whatever it holds.
 *
 * @throws TypeError for an id that would lead to another address: none, "." or "..".
 */
export function pathOf(segments: readonly string[]): string {
  return `/v1/${segments.map(segmentOf).join("/")}`;
}

function segmentOf(id: string): string {
  if (typeof id === "string" && !["", ".", ".."].includes(id)) return encodeURIComponent(id);
  throw new TypeError("An id must be a text that is not empty.");
}
