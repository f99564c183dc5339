import { ApiError } from "../../errors/api-error.ts";
import { readBytes } from "../../http/body-limit.ts";

/** The longest form has a description of 2,000 characters. */
const MAX_FORM_BYTES = 32 * 1024;

const NO_FORM = "The body has to be a form: application/x-www-form-urlencoded or multipart/form-data.";

/**
 * What a form was filled in with, in either way that browsers send forms.
 *
 * @throws ApiError `body_too_large`, or `invalid_request` for what is no form: nothing may be bought by what was not read.
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

/** A file is none of what is asked for here. */
function textOf(value: File | string): string {
  return typeof value === "string" ? value : "";
}
