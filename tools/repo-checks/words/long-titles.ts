import type { Finding } from "./marker-words.ts";

/** The maximum length of a heading in a document, and of the title of a changeset: the first line of its text. */
const LONGEST_TITLE = 72;

/** Finds titles that are too long. It counts the characters that readers see: a link counts as its text. */
export function findLongTitles(path: string, text: string): readonly Finding[] {
  const lines = text.split("\n");
  const titles = path.startsWith(".changeset/") ? changesetTitle(lines) : headings(lines);
  return titles.flatMap(({ line, title }) => {
    const { length } = title.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll(/[`*]/g, "");
    return length > LONGEST_TITLE
      ? [{ line, problem: `a title of ${length} characters: write at most ${LONGEST_TITLE}` }]
      : [];
  });
}

interface Title {
  readonly line: number;
  readonly title: string;
}

function headings(lines: readonly string[]): readonly Title[] {
  let isCode = false;
  return lines.flatMap((text, index) => {
    if (/^\s*```/.test(text)) isCode = !isCode;
    const [, title] = isCode ? [] : (/^#{1,6} (.+)$/.exec(text) ?? []);
    return title === undefined ? [] : [{ line: index + 1, title }];
  });
}

function changesetTitle(lines: readonly string[]): readonly Title[] {
  const end = lines.indexOf("---", 1);
  const index = lines.findIndex((text, place) => place > end && text.trim() !== "");
  return index === -1 ? [] : [{ line: index + 1, title: lines[index] ?? "" }];
}
