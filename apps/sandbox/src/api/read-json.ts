import type { z } from "zod";
import type { Call } from "../http/call.ts";
import { badRequest, invalidBody } from "./api-error.ts";

/**
 * Returns the body as JSON, unvalidated.
 *
 * @throws ApiError 400 if it is not JSON.
 */
export function readJson(call: Call): unknown {
  try {
    return JSON.parse(call.text);
  } catch {
    throw badRequest("The request body is not valid JSON");
  }
}

/**
 * Returns the body as parsed by `schema`.
 *
 * @throws ApiError 400 with a pointer to each invalid field.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, call: Call): z.output<Schema> {
  const parsed = schema.safeParse(readJson(call));
  if (!parsed.success) throw invalidBody(parsed.error.issues);
  return parsed.data;
}
