/** A word or phrase that the project no longer uses, as a pattern, and the standard words that replace it. */
type Marker = readonly [pattern: string, instead: string];

const BE = "(?:is|are|was|were|be|been|being)";

const MARKERS: readonly Marker[] = [
  [`${BE} told`, "receives, is notified, shows, reports"],
  ["told (?:of|by|this)", "receives, is notified, shows, reports"],
  ["anew", "again, or the verb with re-"],
  ["once more", "again"],
  ["by (?:secret|admin|publishable) key", "with a secret key, authenticated with"],
  ["what (?:became|becomes|has become) of", "result, outcome, status"],
  ["whoever|whomever", "the actor: the shopper, the caller, the operator"],
  ["somebody|nobody", "the actor: the shopper, the caller, the operator; no one only if that is meant"],
  ["whatever|however it may be", "any, regardless of"],
  ["what is due", "run due jobs"],
  ["(?:ring|rings|rang) the alarm|wake by", "schedule the alarm"],
  ["(?:look|looks|looked) after", "poll, reconcile, refresh"],
  ["unclaimed links?", "link reservation, orphaned link"],
  ["in the same breath", "in the same transaction, synchronously"],
  ["query words?", "query parameter"],
  [`${BE} refused`, "is rejected, answers 4xx"],
  ["the doctor", "diagnostics"],
  ["(?:has|have) to connect again", "must reauthorize"],
  ["as asked|asked of|what was asked", "requested, requested from"],
  ["mend|mends|mended|mending", "fix, repair, correct"],
  ["by itself", "automatically"],
  ["all the same", "anyway, or leave it out"],
  [`${BE} (?:not )?there any more|${BE} not there`, "exists, was removed"],
  ["any more", "no longer"],
  ["goes on", "continues"],
  ["comes back", "returns"],
  ["at the latest", "within, before"],
];

/** White space between the words of a phrase. The phrase may go on in the next line of a comment. */
const SPACE = String.raw`\s+(?:(?:\*|//|#|>)\s+)?`;

const ANY_MARKER = new RegExp(
  MARKERS.map(([pattern]) => String.raw`\b(${pattern.replaceAll(" ", SPACE)})\b`).join("|"),
  "gi",
);

export interface Finding {
  /** Line number, from 1. */
  readonly line: number;
  readonly problem: string;
}

/** Finds the marker words of a text, even inside of code. Words with `_`, and parts of words, do not count. */
export function findMarkerWords(text: string): readonly Finding[] {
  return [...text.matchAll(ANY_MARKER)].map((match) => {
    const [, ...groups] = match;
    const [, instead = ""] = MARKERS[groups.findIndex((group) => group !== undefined)] ?? [];
    const words = match[0].replaceAll(/\s+(?:(?:\*|\/\/|#|>)\s+)?/g, " ");
    return { line: lineAt(text, match.index), problem: `"${words}": write ${instead}` };
  });
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
