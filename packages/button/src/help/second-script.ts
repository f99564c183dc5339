import { tell } from "./tell.ts";

/** Explains that a page loads two versions of a script. @param first the address of the script in use. */
export function explainSecondScript(tag: string, first: string, second: string): void {
  const text = `Two versions of the script are loaded. In use: ${first} Not in use: ${second} Remove one.`;
  tell(document, tag, { text, section: "scripts" });
}
