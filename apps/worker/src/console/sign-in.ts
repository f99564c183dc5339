import type { ConsoleSession } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { randomId } from "../crypto/random-id.ts";
import { ApiError } from "../errors/api-error.ts";
import type { StoredSession } from "../storage/console-sessions.ts";
import { actorOfSession, recordCall } from "./audit-log.ts";
import { expiredBy } from "./session-lifetime.ts";
import { describeSession } from "./sessions.ts";

/** SHA-256 of a secret key, or of the token of a sign-in link, in hex. */
export type SignInProof = { readonly keyHash: string } | { readonly linkHash: string };

/** A sign-in of a browser. */
export interface SignIn {
  readonly proof: SignInProof;
  /** SHA-256 of the new cookie's value, in hex. */
  readonly sessionHash: string;
  /** The cookie that the browser had before. Its session ends. */
  readonly previousHash: string | null;
}

/**
 * Signs a browser in. Every sign-in gets a session of its own.
 *
 * @param merchant null: the object belongs to no merchant.
 * @throws ApiError `invalid_key` or `invalid_sign_in_link`, the same for an unknown merchant, a wrong proof and one that
 *   was revoked or used.
 */
export function signIn(merchant: MerchantContext | null, { proof, sessionHash, previousHash }: SignIn): ConsoleSession {
  if (merchant === null) throw rejected(proof);
  const { consoleSessions } = merchant;
  // The call to the object was repeated, and its first answer was lost.
  const known = consoleSessions.find(sessionHash);
  if (known !== null) return describeSession(merchant, known);
  const now = Date.now();
  const session = { id: randomId("ses"), ...grantOf(merchant, proof, now), createdAt: now, usedAt: now };
  consoleSessions.prune(expiredBy(now));
  if (previousHash !== null) consoleSessions.removeByHash(previousHash);
  consoleSessions.add(sessionHash, session);
  recordCall(merchant, { action: "session.started", actor: actorOfSession(session) });
  return describeSession(merchant, session);
}

/** Ends a session. An unknown one has ended already. */
export function signOut(merchant: MerchantContext | null, sessionHash: string): void {
  const session = merchant?.consoleSessions.find(sessionHash) ?? null;
  if (merchant === null || session === null) return;
  merchant.consoleSessions.remove(session.id);
  recordCall(merchant, { action: "session.ended", actor: actorOfSession(session) });
}

type Grant = Pick<StoredSession, "role" | "via" | "name" | "keyId" | "keyEndsWith">;

/** Returns what a proof entitles to, and uses up a link. */
function grantOf({ secretKeys, signInLinks }: MerchantContext, proof: SignInProof, now: number): Grant {
  if ("linkHash" in proof) {
    const link = signInLinks.take(proof.linkHash, now);
    if (link === null) throw rejected(proof);
    const { role, name, keyId, keyEndsWith } = link;
    return { role, via: "link", name, keyId, keyEndsWith };
  }
  const keyId = secretKeys.findByHash(proof.keyHash);
  if (keyId === null) throw rejected(proof);
  const keyEndsWith = secretKeys.list().find(({ id }) => id === keyId)?.ends_with ?? "";
  return { role: "owner", via: "secret_key", name: null, keyId, keyEndsWith };
}

const INACTIVE_KEY = "This secret key is not active: it is mistyped, or was revoked.";

function rejected(proof: SignInProof): ApiError {
  return "linkHash" in proof
    ? new ApiError("invalid_sign_in_link")
    : new ApiError("invalid_key", { message: INACTIVE_KEY });
}
