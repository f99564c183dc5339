import type { z } from "zod";
import type { Call } from "../http/call.ts";
import { badRequest, invalidBody } from "./api-error.ts";

/**
 * The body as JSON, not looked at further.
 *
 * @throws ApiError 400 when it is not JSON.
 */
export function readJson(call: Call): unknown {
  try {
    return JSON.parse(call.text);
  } catch {
    throw badRequest("The request body is not valid JSON");
  }
}

/**
 * The body as `schema` reads it.
 *
 * @throws ApiError 400 with a pointer to each part that the schema refuses.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, call: Call): z.output<Schema> {
  const parsed = schema.safeParse(readJson(call));
  if (!parsed.success) throw invalidBody(parsed.error.issues);
  return parsed.data;
}
