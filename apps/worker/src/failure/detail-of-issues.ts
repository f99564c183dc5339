import type { z } from "zod";
import type { FailureDetail } from "./failure.ts";
import { knownFields } from "./known-fields.ts";

/** What the sender knows a part of the request as. */
export type Noun = "field" | "query word";

type Issue = z.core.$ZodIssue;

/** What a schema has found, and how to tell of it. */
export interface Found {
  readonly issues: readonly Issue[];
  readonly schema: z.core.$ZodType;
  /** `field` where not given. */
  readonly noun?: Noun | undefined;
  /** Where the part stands that the schema is of; none: it is the whole. */
  readonly within?: readonly string[];
}

/** A longer list helps nobody. */
const MOST_NAMED = 10;

/**
 * What to tell of one of the issues that a schema has found: the part and the rule; nothing where it is the whole. What
 * is not known comes before what is missing, since the one is often the other, mistyped.
 */
export function detailOfIssues({ issues, schema, noun = "field", within = [] }: Found): FailureDetail {
  const issue = worthiest(issues);
  const known = issue?.code === "unrecognized_keys" ? knownFields(schema, issue.path) : [];
  const unknown = issue?.code === "unrecognized_keys" ? unknownOf(issue.keys, known) : [];
  const param = [...within, ...(issue?.path ?? []), ...unknown]
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1, 101);
  if (param === "") return {};
  const what = `${noun} ${param}`;
  const isKnown = unknown.some((name) => known.includes(name));
  const isTold = unknown.length === 0 || (isKnown && isSentence(issue?.message ?? ""));
  return { param, message: isTold ? messageOf(what, issue) : notTaken(what, known, isKnown) };
}

/** One is told at a time. Where a shape of several does not take what another one takes, there may be a better one. */
function unknownOf(keys: readonly string[], known: readonly string[]): readonly string[] {
  const [first] = keys;
  const unknown = keys.find((key) => !known.includes(key)) ?? first;
  return unknown === undefined ? [] : [unknown];
}

function notTaken(what: string, known: readonly string[], isKnown: boolean): string {
  if (isKnown) return `The ${what} can't be given together with the other ones.`;
  if (known.length === 0) return `The ${what} is not known: none is taken here.`;
  if (known.length > MOST_NAMED) return `The ${what} is not known.`;
  return `The ${what} is not known: there is ${known.join(", ")}.`;
}

/** What is wrong with it, by the words of the schema, which never quote what was sent. */
function messageOf(what: string, issue: Issue | undefined): string {
  if (issue === undefined || issue.code === "invalid_union") return `The ${what} is missing or malformed.`;
  if (isSentence(issue.message)) return issue.message;
  if (issue.message.startsWith("must ")) return `The ${what} ${issue.message}.`;
  return `The ${what} is missing or malformed (${issue.message.replace(/^Invalid input: /, "")}).`;
}

/** A rule that says all by itself. Others go on after the name of the part: "must …". */
function isSentence(message: string): boolean {
  return /^[A-Z].*\.$/s.test(message);
}

/** The first one, or what is not known beside it or further out: further in, something else may be the cause. */
function worthiest(issues: readonly Issue[]): Issue | undefined {
  const inner = issues.map(innermost);
  const [first] = inner;
  const depth = first === undefined ? 0 : first.path.length - 1;
  return inner.find(({ code, path }) => code === "unrecognized_keys" && path.length <= depth) ?? first;
}

/** Where one of several shapes would do, the issue of the shape that comes closest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const [closest = []] = issue.errors.toSorted((a, b) => countUnknown(a) - countUnknown(b) || a.length - b.length);
  const inner = worthiest(closest);
  if (inner === undefined) return issue;
  // The issues of a shape know only the way from that shape on.
  return { ...inner, path: [...issue.path, ...inner.path] };
}

function countUnknown(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}
