import type { Mistake } from "./tell.ts";

/** Returns the mistake of a tag that closes itself. @param tag the name of the element. */
export function notClosed(tag: string): Mistake {
  return {
    text: `The element contains the rest of the page: HTML has no \`/>\`. Write \`<${tag} …></${tag}>\`.`,
    section: "content",
  };
}
