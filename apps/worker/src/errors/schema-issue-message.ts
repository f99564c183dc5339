import { cutText } from "@qonto-pay/core/text";
import type { ApiErrorDetail } from "./api-error.ts";
import * as z from "zod";

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

/** The first one, or what is not known beside it or further out: further in, something else may be the cause. */
function mostRelevantIssue(issues: readonly Issue[]): Issue | undefined {
  const inner = issues.map(innermost);
  const [first] = inner;
  const depth = first === undefined ? 0 : first.path.length - 1;
  return inner.find(({ code, path }) => code === "unrecognized_keys" && path.length <= depth) ?? first;
}

/** Where one of several shapes would do, the issue of the shape that comes closest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const [closest = []] = issue.errors.toSorted(
    (a, b) =>
      countUnknown(a.filter(isOfShape)) - countUnknown(b.filter(isOfShape)) ||
      countUnknown(a) - countUnknown(b) ||
      a.length - b.length,
  );
  const inner = mostRelevantIssue(closest);
  if (inner === undefined) return issue;
  // The issues of a shape know only the way from that shape on.
  return { ...inner, path: [...issue.path, ...inner.path] };
}

function countUnknown(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

/** A shape that has all the fields comes closer than one that lacks some, regardless of errors within them. */
function isOfShape({ path }: Issue): boolean {
  return path.length === 0;
}

/**
 * Names of the fields that may stand at a place of what a schema takes; where it takes one of several shapes, of all of
 * them.
 *
 * @param path to the place, from the whole on.
 */
function knownFields(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const [step, ...rest] = path;
  const shapes = shapesOf(schema);
  const names =
    step === undefined
      ? shapes.flatMap((shape) => (shape instanceof z.ZodObject ? Object.keys(shape.shape) : []))
      : shapes.flatMap((shape) => partsAt(shape, step)).flatMap((part) => knownFields(part, rest));
  return [...new Set(names)];
}

function shapesOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(shapesOf);
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodExactOptional;
  return isWrapped ? shapesOf(schema.unwrap()) : [schema];
}

function partsAt(shape: z.core.$ZodType, step: PropertyKey): readonly z.core.$ZodType[] {
  if (shape instanceof z.ZodArray) return [shape.element];
  if (!(shape instanceof z.ZodObject) || !Object.hasOwn(shape.shape, step)) return [];
  return [shape.shape[step as string]];
}
