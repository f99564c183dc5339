import type { Finding } from "./marker-words.ts";

/** Words that often stand in the place of a subject. */
const VAGUE = /\b(?:what|who|whoever|nobody|somebody)\b/gi;

/** Most vague words for each 100 words of a document. One is always allowed. */
const MOST_PER_HUNDRED = 0.3;

/** Finds the vague words of a document with more than it may have. Code does not count. */
export function findVagueWords(text: string): readonly Finding[] {
  const lines = proseOf(text).split("\n");
  const found = lines.flatMap((line, index) =>
    [...line.matchAll(VAGUE)].map(([word]) => ({ line: index + 1, word: word.toLowerCase() })),
  );
  const words = lines.join(" ").match(/[A-Za-z][\w'-]*/g)?.length ?? 0;
  const most = Math.max(1, Math.floor((words * MOST_PER_HUNDRED) / 100));
  if (found.length <= most) return [];
  return found.map(({ line, word }) => ({
    line,
    problem: `"${word}": name the subject. ${found.length} such words in ${words}: write at most ${most}`,
  }));
}

/** Returns the lines of a document without their code. */
function proseOf(text: string): string {
  let isCode = false;
  return text
    .split("\n")
    .map((line) => {
      const isFence = /^\s*```/.test(line);
      if (isFence) isCode = !isCode;
      return isCode || isFence ? "" : line.replaceAll(/`[^`]*`/g, "`code`");
    })
    .join("\n");
}
