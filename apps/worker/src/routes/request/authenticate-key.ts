import { type ParsedKey, parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";
import { hasSpaceAround } from "@qonto-pay/core/text";
import type { Config } from "../../context/config.ts";
import { ApiError } from "../../errors/api-error.ts";
import { digestOf } from "../../crypto/digest.ts";
import { hasChecksum } from "../../crypto/key-checksum.ts";
import { bearerTokenOf } from "./bearer-token.ts";

const SPACE_AROUND_KEY =
  "The publishable key has white space around it: a space, a line break or a zero-width character. Remove it.";

/** Returns the merchant of a publishable key. @throws ApiError `invalid_key`, `key_environment_mismatch`. */
export function merchantOfPublishableKey(key: string, config: Config): string {
  const parsed = parsePublishableKey(key);
  if (parsed === null) {
    throw new ApiError("invalid_key", {
      param: "publishable_key",
      ...(hasSpaceAround(key) ? { message: SPACE_AROUND_KEY } : {}),
    });
  }
  if (parsed.environment !== config.environment) throw ofOtherEnvironment(parsed, "publishable_key");
  return parsed.merchant;
}

/** Names both environments, because an operator of two Workers has two keys of each kind. */
function ofOtherEnvironment({ environment }: ParsedKey, param?: string): ApiError {
  const message =
    environment === "live"
      ? "This is a key for live mode, and this Worker is connected to Qonto's sandbox."
      : "This is a key for the sandbox, and this Worker is in live mode.";
  return new ApiError("key_environment_mismatch", { message, ...(param === undefined ? {} : { param }) });
}

const SEND_A_SECRET_KEY = "Send the secret key in the header Authorization: Bearer sk_...";
const WHITE_SPACE_IN_KEY =
  "The key in the header Authorization contains white space or a character that is not ASCII. Send the key as it was issued: Authorization: Bearer sk_...";
const NO_SECRET_KEY = "This is not a secret key: a secret key begins with sk_. A publishable key (pk_) is for pages.";
const NO_WHOLE_SECRET_KEY =
  "This secret key is incomplete or mistyped. Send all of it: sk_{environment}_{merchant}_{49 characters}.";

/**
 * Returns the merchant that `Authorization: Bearer sk_…` names, and the hash with which the merchant's object checks
 * the key.
 *
 * @throws ApiError `invalid_key`, `key_environment_mismatch`.
 */
export async function merchantOfSecretKey(
  request: Request,
  config: Config,
): Promise<{ merchant: string; keyHash: string }> {
  const found = bearerTokenOf(request);
  if ("problem" in found) {
    const message = found.problem === "missing" ? SEND_A_SECRET_KEY : WHITE_SPACE_IN_KEY;
    throw new ApiError("invalid_key", { message });
  }
  return readSecretKey(found.key, config);
}

/**
 * Returns the merchant that a secret key names, and the hash with which the merchant's object checks the key.
 *
 * @throws ApiError `invalid_key`, `key_environment_mismatch`.
 */
export async function readSecretKey(key: string, config: Config): Promise<{ merchant: string; keyHash: string }> {
  const parsed = parseSecretKey(key);
  if (parsed === null) {
    throw new ApiError("invalid_key", { message: key.startsWith("sk_") ? NO_WHOLE_SECRET_KEY : NO_SECRET_KEY });
  }
  if (parsed.environment !== config.environment) throw ofOtherEnvironment(parsed);
  // A guessed key reaches no merchant's object.
  if (!(await hasChecksum(key))) throw new ApiError("invalid_key", { message: NO_WHOLE_SECRET_KEY });
  return { merchant: parsed.merchant, keyHash: await digestOf(key) };
}
