import { randomBytes, randomUUID } from "node:crypto";
import type { World } from "../world.ts";

const CODE_LIFE_MS = 600_000;

/** What a merchant consented to. */
export interface Consent {
  readonly redirect_uri: string;
  /** Scopes with a space between them. */
  readonly scope: string;
  /** What `code_verifier` has to hash to (RFC 7636, S256); undefined when the client sent no challenge. */
  readonly code_challenge?: string | undefined;
}

/** A new authorization code for a consent: good for 10 minutes and one use. */
export function issueCode(world: World, consent: Consent): string {
  const code = randomBytes(32).toString("base64url");
  const expires_at = world.clock.iso(CODE_LIFE_MS);
  const { redirect_uri, scope, code_challenge } = consent;
  const authorization = { redirect_uri, scope, code_challenge, grant_id: randomUUID(), expires_at, used: false };
  world.store.state.authorizations.set(code, authorization);
  world.store.changed();
  return code;
}
