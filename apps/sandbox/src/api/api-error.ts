import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { type Answer, json } from "../http/answer.ts";
import type { World } from "../world.ts";

/** One entry of Qonto's `errors`. `pointer` is a JSON pointer into the body, `parameter` the name of a query parameter. */
export interface ErrorEntry {
  readonly code: string;
  readonly detail: string;
  readonly source?: { readonly pointer?: string; readonly parameter?: string };
}

/** A request that Qonto's API refuses. Thrown by a handler, answered in Qonto's error shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly ErrorEntry[];

  constructor(status: number, errors: readonly ErrorEntry[]) {
    super(errors.map((entry) => entry.detail).join("; "));
    this.status = status;
    this.errors = errors;
  }
}

/** An answer in Qonto's error shape. */
export function errorAnswer(status: number, errors: readonly ErrorEntry[], trace_id?: string): Answer {
  return json(status, { errors, trace_id });
}

/**
 * An error of one operation: bare, `{code, detail, source}` of the first entry, for webhook subscriptions, as documented;
 * else in Qonto's error shape.
 */
export function operationError(world: World, path: string, status: number, errors: readonly ErrorEntry[]): Answer {
  if (path.startsWith("/v2/webhook_subscriptions")) return json(status, errors[0]);
  return errorAnswer(status, errors, traceId(world));
}

/** A new id for Qonto's support to find a request by, where the behaviour has one in errors: 32 hex digits. */
export function traceId({ store }: World): string | undefined {
  const { error_trace_id } = store.state.behaviour.switches;
  return error_trace_id === "present" ? randomBytes(16).toString("hex") : undefined;
}

/** 400 for the body as a whole, or for one part of it. */
export function badRequest(detail: string, pointer?: string): ApiError {
  return new ApiError(400, [
    { code: "bad_request", detail, ...(pointer === undefined ? {} : { source: { pointer } }) },
  ]);
}

/** 400 for a query parameter. */
export function badParameter(parameter: string, detail: string): ApiError {
  return new ApiError(400, [{ code: "bad_request", detail, source: { parameter } }]);
}

export function notFound(detail: string): ApiError {
  return new ApiError(404, [{ code: "not_found", detail }]);
}

/** 400 with one entry for each thing that is wrong, each pointing at its place. */
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
