import { createHash } from "node:crypto";

/** The format of a `code_challenge` of the method S256: a SHA-256 in base64url. */
export const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/**
 * Whether the verifier proves that the same client requested the code (RFC 7636, 4.6). Always true without a challenge.
 */
export function isVerified(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return true;
  return verifier !== null && createHash("sha256").update(verifier).digest("base64url") === challenge;
}
