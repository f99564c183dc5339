import { isMerchantName } from "@qonto-pay/core/api";
import { digestOf } from "../crypto/digest.ts";
import { hasChecksum, withChecksum } from "../crypto/key-checksum.ts";
import { randomSecret } from "../crypto/random-secret.ts";

/** A token of the console: the cookie of a session, or the token of a sign-in link. */
export interface ConsoleToken {
  readonly merchant: string;
  /** SHA-256 of the token, in hex, as it is stored. */
  readonly hash: string;
}

/** Returns a new token: `{merchant}.{random}`, with a checksum at its end. */
export function newConsoleToken(merchant: string): Promise<string> {
  return withChecksum(`${merchant}.${randomSecret()}`);
}

/**
 * Reads a token; null for any other text. The checksum, as in a secret key, rejects an invented token without a call of
 * a merchant's object, which decides whether the token is valid.
 */
export async function readConsoleToken(token: string): Promise<ConsoleToken | null> {
  const [merchant = "", random = "", ...rest] = token.split(".");
  if (rest.length > 0 || !isMerchantName(merchant) || !/^[A-Za-z0-9_-]{49}$/.test(random)) return null;
  return (await hasChecksum(token)) ? { merchant, hash: await digestOf(token) } : null;
}
