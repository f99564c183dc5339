import { createHash } from "node:crypto";

/** What a `code_challenge` of the method S256 looks like: a SHA-256 in base64url. */
export const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** Whether the token request comes from who asked for the code (RFC 7636, 4.6). Without a challenge anybody does. */
export function isVerified(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return true;
  return verifier !== null && createHash("sha256").update(verifier).digest("base64url") === challenge;
}
