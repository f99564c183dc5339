import { ApiError } from "../../errors/api-error.ts";
import { readBytes } from "../../http/body-limit.ts";

/** Bytes. The longest form has a description of 2,000 characters. */
const MAX_FORM_BYTES = 32 * 1024;

const NO_FORM = "The body must be a form: application/x-www-form-urlencoded or multipart/form-data.";

/**
 * Returns the fields of a form, in either encoding that browsers use.
 *
 * @throws ApiError `body_too_large`, or `invalid_request` for a body that is not a form: an unread form must buy
 * nothing.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const bytes = await readBytes(request, MAX_FORM_BYTES);
  if (bytes === null) throw new ApiError("body_too_large");
  if (bytes.length === 0) return new URLSearchParams();
  const headers = { "Content-Type": request.headers.get("Content-Type") ?? "" };
  const form = await new Response(bytes, { headers }).formData().catch(() => null);
  if (form === null) throw new ApiError("invalid_request", { message: NO_FORM });
  return new URLSearchParams([...form].map(([name, value]) => [name, textOf(value)]));
}

/** No form here has a file. */
function textOf(value: File | string): string {
  return typeof value === "string" ? value : "";
}
