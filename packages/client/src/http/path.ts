/**
 * The path of a call: ``path`/v1/checkouts/${id}` ``. What is put in stays one segment, whatever it holds.
 *
 * @throws TypeError for an id that would lead to another address: none, "." or "..".
 */
export function path(fixed: TemplateStringsArray, ...ids: readonly string[]): string {
  return String.raw({ raw: fixed }, ...ids.map(segmentOf));
}

function segmentOf(id: string): string {
  if (typeof id === "string" && !["", ".", ".."].includes(id)) return encodeURIComponent(id);
  throw new TypeError("An id must be a text that is not empty.");
}
