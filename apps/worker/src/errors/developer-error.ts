import { ApiError } from "./api-error.ts";

/**
 * The error as a caller with a secret key gets it: with the code and the text for developers where it has some. Everybody
 * else gets the neutral ones, since shoppers may read them.
 */
export function developerError(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { developer, ...detail } = error.detail;
  if (developer === undefined) return error;
  return new ApiError(developer.code ?? error.code, { message: developer.message, ...detail });
}
