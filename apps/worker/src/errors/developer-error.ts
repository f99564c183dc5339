import { ApiError } from "./api-error.ts";

/**
 * Returns an error for a caller with a secret key: with the code and the message for developers, if it has any. All
 * other callers receive the neutral ones, because shoppers may read them.
 */
export function developerError(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { developer, ...detail } = error.detail;
  if (developer === undefined) return error;
  return new ApiError(developer.code ?? error.code, { message: developer.message, ...detail });
}
