import type { Finding } from "./marker-words.ts";

/** The maximum number of characters of a table cell in a document, as written. A longer text is a section of its own. */
const LONGEST_CELL = 200;

/** Finds the cells of tables that are too long. */
export function findLongCells(text: string): readonly Finding[] {
  let isCode = false;
  return text.split("\n").flatMap((line, index) => {
    if (/^\s*```/.test(line)) isCode = !isCode;
    if (isCode || !/^\s*\|/.test(line)) return [];
    return line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().length)
      .filter((length) => length > LONGEST_CELL)
      .map((length) => ({
        line: index + 1,
        problem: `a table cell of ${length} characters: write at most ${LONGEST_CELL}, or a section`,
      }));
  });
}
