import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** The first one, or what is not known beside it or further out: further in, something else may be the cause. */
export function mostRelevantIssue(issues: readonly Issue[]): Issue | undefined {
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
