import type { z } from "zod";
import { ApiError } from "../../errors/api-error.ts";
import { detailOfIssues, type Noun } from "../../errors/schema-issue-message.ts";
import { MAX_BODY_BYTES, readJson } from "../../http/body-limit.ts";

/** Without a field, PHP's `json_encode([])` sends an array. */
const NO_OBJECT = "The body must be a JSON object: {…}. PHP writes an empty array as []: use (object)[] there.";

/**
 * Returns the body of a request, checked.
 *
 * @param mayBeEmpty reads an absent body as one without fields.
 * @throws ApiError `body_too_large`, `invalid_json`, `invalid_request`.
 */
export async function checkedJson<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  { maxBytes = MAX_BODY_BYTES, mayBeEmpty = false }: { maxBytes?: number | undefined; mayBeEmpty?: boolean } = {},
): Promise<z.output<Schema>> {
  const body = await readJson(request, maxBytes);
  if ("json" in body && !isObject(body.json)) throw new ApiError("invalid_request", { message: NO_OBJECT });
  if ("json" in body) return checked(schema, body.json);
  if (body.problem === "empty" && mayBeEmpty) return checked(schema, {});
  throw new ApiError(body.problem === "too_large" ? "body_too_large" : "invalid_json");
}

function isObject(json: unknown): boolean {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** @throws ApiError `invalid_request` that names the first invalid part. */
export function checked<Schema extends z.ZodType>(schema: Schema, input: unknown, noun?: Noun): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ApiError("invalid_request", detailOfIssues({ issues: parsed.error.issues, schema, noun }));
}
