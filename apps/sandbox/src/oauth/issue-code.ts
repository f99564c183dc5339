import { randomBytes, randomUUID } from "node:crypto";
import type { World } from "../world.ts";

const CODE_LIFE_MS = 600_000;

/** A merchant's consent. */
export interface Consent {
  readonly redirect_uri: string;
  /** Scopes, separated by spaces. */
  readonly scope: string;
  /** The expected hash of `code_verifier` (RFC 7636, S256); undefined if the client sent no challenge. */
  readonly code_challenge?: string | undefined;
}

/** Returns a new authorization code for a consent. It is valid for 10 minutes and one use. */
export function issueCode(world: World, consent: Consent): string {
  const code = randomBytes(32).toString("base64url");
  const expires_at = world.clock.iso(CODE_LIFE_MS);
  const { redirect_uri, scope, code_challenge } = consent;
  const authorization = { redirect_uri, scope, code_challenge, grant_id: randomUUID(), expires_at, used: false };
  world.store.state.authorizations.set(code, authorization);
  world.store.changed();
  return code;
}
