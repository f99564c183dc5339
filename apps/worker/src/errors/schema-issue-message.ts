import { cutText } from "@qonto-pay/core/text";
import type { ApiErrorDetail } from "./api-error.ts";
import * as z from "zod";

/** The kind of request part, as the message names it. */
export type Noun = "field" | "query parameter";

type Issue = z.core.$ZodIssue;

/** Issues that a schema found, and how to name them. */
export interface Found {
  readonly issues: readonly Issue[];
  readonly schema: z.core.$ZodType;
  /** Defaults to `field`. */
  readonly noun?: Noun | undefined;
  /** Path of the part that the schema describes; absent: the whole request. */
  readonly within?: readonly string[];
}

/** Characters. The name of an unknown field can have any length. */
const MOST_OF_PATH = 100;

/** A longer list would not help the reader. */
const MOST_NAMED = 15;

/**
 * Returns the path and the message for one of the issues that a schema found; empty for an issue of the whole. Unknown
 * fields come before missing ones, because an unknown field is often a missing one, mistyped.
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

/** A field that is not allowed, and the allowed ones. In a union, these are the fields of all its schemas. */
interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}

/** Picks one field, preferably one that no schema of a union allows. */
function unknownIn({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, schema: z.core.$ZodType): Unknown {
  const known = knownFields(schema, path);
  const name = keys.find((key) => !known.includes(key)) ?? keys[0] ?? "";
  return { name, known };
}

function messageOfUnknown(what: string, { message }: Issue, { name, known }: Unknown): string {
  if (known.includes(name)) {
    return isSentence(message) ? message : `The ${what} can't be combined with the others.`;
  }
  if (known.length === 0) return `Unknown ${what}. None is allowed here.`;
  if (known.length > MOST_NAMED) return `Unknown ${what}.`;
  return `Unknown ${what}. Allowed here: ${known.join(", ")}.`;
}

/** Returns the rule in the words of the schema, which never quote the request. */
function messageOf(what: string, issue: Issue): string {
  if (issue.code === "invalid_union") return `The ${what} is missing or malformed.`;
  if (isSentence(issue.message)) return issue.message;
  if (issue.message.startsWith("must ")) return `The ${what} ${issue.message}.`;
  return `The ${what} is missing or malformed (${issue.message.replace(/^Invalid input: /, "")}).`;
}

/** Whether a message is a whole sentence. Other messages continue after the name of the part: "must …". */
function isSentence(message: string): boolean {
  return /^[A-Z].*\.$/s.test(message);
}

/**
 * Returns the first issue, or an unknown field at its level or above. An unknown field further inside may have another
 * cause.
 */
function mostRelevantIssue(issues: readonly Issue[]): Issue | undefined {
  const inner = issues.map(innermost);
  const [first] = inner;
  const depth = first === undefined ? 0 : first.path.length - 1;
  return inner.find(({ code, path }) => code === "unrecognized_keys" && path.length <= depth) ?? first;
}

/** Returns the issue itself; for a union, the issue of the schema that matches best. */
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
  // The paths of a union's issues begin at the union.
  return { ...inner, path: [...issue.path, ...inner.path] };
}

function countUnknown(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

/**
 * Whether an issue concerns the shape itself. A schema whose fields are all present matches better than one that lacks
 * some.
 */
function isOfShape({ path }: Issue): boolean {
  return path.length === 0;
}

/**
 * Returns the names of the fields that a schema allows at a path; for a union, the names from all its schemas.
 *
 * @param path from the whole request to the place.
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
