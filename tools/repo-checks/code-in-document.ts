import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of this repository. */
export const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Returns the only code block of a document that is in a language and contains a text.
 *
 * @throws Error if there is none, or more than one.
 */
export function codeInDocument(document: string, language: string, text: string): string {
  const blocks = readFileSync(`${REPOSITORY}${document}`, "utf8").matchAll(/```(\w+)\n(.*?)```/gs);
  const found = [...blocks].filter((block) => block[1] === language && block[2]?.includes(text) === true);
  const [only] = found;
  if (only?.[2] === undefined || found.length > 1) throw new Error(`${document} has ${found.length} such examples`);
  return only[2];
}
