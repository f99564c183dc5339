import type { z } from "zod";
import type { Answer, Documented, Operation, OperationDocs, Operations } from "./operation.ts";

/** Returns the documentation of each route, taken from its definition. */
export function operationsOf(routes: readonly Documented[]): Operations {
  return Object.fromEntries(routes.map((route) => [`${route.method} ${route.path}`, operationOf(route)]));
}

/** @throws TypeError without documentation, as in the Worker's bundle. */
function operationOf({ method, path, caller, rateLimit, needsFreshSignIn = false, docs }: Documented): Operation {
  if (docs === false) throw new TypeError(`${method} ${path} has no documentation here: set WITH_DOCS to true.`);
  const { description, errors = [] } = docs;
  return {
    ...docs,
    description: needsFreshSignIn ? `${description} ${FRESH_SIGN_IN}` : description,
    caller,
    errors: [
      ...errors,
      ...(rateLimit === undefined ? [] : (["rate_limited"] as const)),
      ...(needsFreshSignIn ? (["fresh_sign_in_required"] as const) : []),
    ],
  };
}

const FRESH_SIGN_IN = "In the console, only an owner who signed in within the last 10 minutes may do this.";

/** A definition with schemas, and the documentation that they don't contain. */
interface Definition {
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly isBodyOptional?: boolean;
  readonly docs: DocsBesideSchemas | false;
}

interface DocsBesideSchemas extends Omit<OperationDocs, "query" | "request" | "answers"> {
  readonly bodyExamples?: Readonly<Record<string, unknown>>;
  readonly answer?: Omit<Answer, "status">;
  readonly answers?: OperationDocs["answers"];
}

/** Combines documentation with the rest of a definition. @param status of its one response. */
export function completeDocs(
  { query, body, isBodyOptional = false, docs }: Definition,
  status: Answer["status"] = 200,
): OperationDocs | false {
  if (docs === false) return false;
  const { bodyExamples = {}, answer, answers, ...others } = docs;
  return {
    ...others,
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { request: { schema: body, examples: bodyExamples, isOptional: isBodyOptional } }),
    answers: answers ?? [{ description: "", ...answer, status }],
  };
}
