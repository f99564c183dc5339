import type { z } from "zod";
import { Failure } from "../failure/failure.ts";
import { readJson } from "../http/read-body.ts";

/** A shopper's request is a few hundred bytes. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * The body of a request, checked.
 *
 * @param mayBeEmpty takes no body at all for one without a field.
 * @throws Failure `body_too_large`, `invalid_json`, `invalid_request`.
 */
export async function checkedJson<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  { maxBytes = MAX_BODY_BYTES, mayBeEmpty = false }: { maxBytes?: number | undefined; mayBeEmpty?: boolean } = {},
): Promise<z.output<Schema>> {
  const body = await readJson(request, maxBytes);
  if ("json" in body) return checked(schema, body.json);
  if (body.problem === "empty" && mayBeEmpty) return checked(schema, {});
  throw new Failure(body.problem === "too_large" ? "body_too_large" : "invalid_json");
}

/**
 * @param noun what the caller knows a part of the input as.
 * @throws Failure `invalid_request` that names the first offending field.
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  noun: "field" | "query word" = "field",
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = firstIssue(parsed.error.issues);
  const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
  const param = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1, 101);
  if (param === "") throw new Failure("invalid_request");
  throw new Failure("invalid_request", { param, message: messageOf(`${noun} ${param}`, issue) });
}

/** What is wrong with a field, by the words of the schema, which never quote what was sent. */
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
