import type { z } from "zod";
import type { FailureDetail } from "./failure.ts";

/** What the sender knows a part of the request as. */
export type Noun = "field" | "query word";

/**
 * What to tell of the first of the issues that a schema has found: the part and the rule; nothing where it is the whole.
 *
 * @param within where the part stands that the schema is of.
 */
export function detailOfIssues(
  issues: readonly z.core.$ZodIssue[],
  noun: Noun = "field",
  within: readonly string[] = [],
): FailureDetail {
  const issue = firstIssue(issues);
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const param = [...within, ...(issue?.path ?? []), ...unknown]
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1, 101);
  return param === "" ? {} : { param, message: messageOf(`${noun} ${param}`, issue) };
}

/** What is wrong with it, by the words of the schema, which never quote what was sent. */
function messageOf(what: string, issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") return `The ${what} is not known.`;
  if (issue === undefined || issue.code === "invalid_union") return `The ${what} is missing or malformed.`;
  if (issue.message.startsWith("must ")) return `The ${what} ${issue.message}.`;
  return `The ${what} is missing or malformed (${issue.message.replace(/^Invalid input: /, "")}).`;
}

/** The first issue; where one of several shapes would do, the first of the shape that comes closest. */
function firstIssue(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [first] = issues;
  if (first?.code !== "invalid_union") return first;
  const [closest = []] = first.errors.toSorted((a, b) => a.length - b.length);
  const inner = firstIssue(closest);
  // The issues of a shape know only the way from that shape on.
  return inner === undefined ? first : { ...inner, path: [...first.path, ...inner.path] };
}
