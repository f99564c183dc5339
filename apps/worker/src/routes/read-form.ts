import { Failure } from "../failure/failure.ts";
import { readBytes } from "../http/read-body.ts";

/** The longest form has a description of 2,000 characters. */
const MAX_FORM_BYTES = 32 * 1024;

/** What a form was filled in with. @throws Failure `body_too_large`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const bytes = await readBytes(request, MAX_FORM_BYTES);
  if (bytes === null) throw new Failure("body_too_large");
  return new URLSearchParams(new TextDecoder().decode(bytes));
}
