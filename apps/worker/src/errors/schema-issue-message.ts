import { cutText } from "@qonto-pay/core/text";
import type { z } from "zod";
import type { ApiErrorDetail } from "./api-error.ts";
import { knownFields } from "./known-fields.ts";
import { mostRelevantIssue } from "./most-relevant-issue.ts";

/** What the sender knows a part of the request as. */
export type Noun = "field" | "query parameter";

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

/** The name of an unknown field can have any length. */
const MOST_OF_PATH = 100;

/** A longer list helps nobody. */
const MOST_NAMED = 15;

/**
 * What to tell of one of the issues that a schema has found: the part and the rule; nothing where it is the whole. What
 * is not known comes before what is missing, since the one is often the other, mistyped.
 */
export function detailOfIssues({ issues, schema, noun = "field", within = [] }: Found): ApiErrorDetail {
  const issue = mostRelevantIssue(issues);
  if (issue === undefined) return {};
  const unknown = issue.code === "unrecognized_keys" ? unknownIn(issue, schema) : undefined;
  const param = pathOf([...within, ...issue.path, ...(unknown === undefined ? [] : [unknown.name])]);
  if (param === "") return {};
  const what = `${noun} ${param}`;
  return { param, message: unknown === undefined ? messageOf(what, issue) : messageOfUnknown(what, issue, unknown) };
}

function pathOf(parts: readonly PropertyKey[]): string {
  const path = parts.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return cutText(path.slice(1), MOST_OF_PATH);
}

/** A field that is not taken, and what is taken in its place; of one of several shapes, what another one takes, too. */
interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}

/** One is told at a time, and rather one that no shape takes. */
function unknownIn({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, schema: z.core.$ZodType): Unknown {
  const known = knownFields(schema, path);
  const name = keys.find((key) => !known.includes(key)) ?? keys[0] ?? "";
  return { name, known };
}

function messageOfUnknown(what: string, { message }: Issue, { name, known }: Unknown): string {
  if (known.includes(name)) {
    return isSentence(message) ? message : `The ${what} can't be given together with the other ones.`;
  }
  if (known.length === 0) return `The ${what} is not known: none is taken here.`;
  if (known.length > MOST_NAMED) return `The ${what} is not known.`;
  return `The ${what} is not known: there is ${known.join(", ")}.`;
}

/** What is wrong with it, by the words of the schema, which never quote what was sent. */
function messageOf(what: string, issue: Issue): string {
  if (issue.code === "invalid_union") return `The ${what} is missing or malformed.`;
  if (isSentence(issue.message)) return issue.message;
  if (issue.message.startsWith("must ")) return `The ${what} ${issue.message}.`;
  return `The ${what} is missing or malformed (${issue.message.replace(/^Invalid input: /, "")}).`;
}

/** A rule that says all by itself. Others go on after the name of the part: "must …". */
function isSentence(message: string): boolean {
  return /^[A-Z].*\.$/s.test(message);
}
