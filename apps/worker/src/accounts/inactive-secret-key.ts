import { ApiError } from "../errors/api-error.ts";

/**
 * Says to whoever sent a secret key what may be wrong with it, and what to do.
 *
 * @param merchant as the key names it; there may be none of this name.
 */
export function inactiveSecretKey(merchant: string): ApiError {
  const message = `No active secret key of merchant ${merchant}: mistyped or revoked? GET /v1/keys by another key lists the active ones by their last characters; whoever runs the Worker replaces all of them by POST /v1/merchants/${merchant}/replace_keys.`;
  return new ApiError("invalid_key", { message });
}
