import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { type Answer, json } from "../http/answer.ts";
import type { World } from "../world.ts";

/** An entry of Qonto's `errors`. `pointer` is a JSON pointer into the body; `parameter` names a query parameter. */
export interface ErrorEntry {
  readonly code: string;
  readonly detail: string;
  readonly source?: { readonly pointer?: string; readonly parameter?: string };
}

/** An error response of Qonto's API. Handlers throw it. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly ErrorEntry[];

  constructor(status: number, errors: readonly ErrorEntry[]) {
    super(errors.map((entry) => entry.detail).join("; "));
    this.status = status;
    this.errors = errors;
  }
}

/** Returns an answer in Qonto's error shape. */
export function errorAnswer(status: number, errors: readonly ErrorEntry[], trace_id?: string): Answer {
  return json(status, { errors, trace_id });
}

/**
 * Returns an operation's error in Qonto's error shape. For webhook subscriptions, it returns the first entry bare,
 * `{code, detail, source}`, as documented.
 */
export function operationError(world: World, path: string, status: number, errors: readonly ErrorEntry[]): Answer {
  if (path.startsWith("/v2/webhook_subscriptions")) return json(status, errors[0]);
  return errorAnswer(status, errors, traceId(world));
}

/**
 * Returns a new trace id (32 hex digits), with which Qonto's support finds a request. Undefined if the behaviour's
 * errors have none.
 */
export function traceId({ store }: World): string | undefined {
  const { error_trace_id } = store.state.behaviour.switches;
  return error_trace_id === "present" ? randomBytes(16).toString("hex") : undefined;
}

/** Returns a 400 for the whole body, or for the part at `pointer`. */
export function badRequest(detail: string, pointer?: string): ApiError {
  return new ApiError(400, [
    { code: "bad_request", detail, ...(pointer === undefined ? {} : { source: { pointer } }) },
  ]);
}

/** Returns a 400 for a query parameter. */
export function badParameter(parameter: string, detail: string): ApiError {
  return new ApiError(400, [{ code: "bad_request", detail, source: { parameter } }]);
}

export function notFound(detail: string): ApiError {
  return new ApiError(404, [{ code: "not_found", detail }]);
}

/** Returns a 400 with an entry for each issue. Each entry points at its field. */
export function invalidBody(issues: readonly z.core.$ZodIssue[]): ApiError {
  return new ApiError(
    400,
    issues.map(({ path, message }) => ({
      code: "bad_request",
      detail: message,
      source: { pointer: path.map((part) => `/${String(part)}`).join("") },
    })),
  );
}
