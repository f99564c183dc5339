import type { MerchantContext } from "../context/merchant-context.ts";
import type { ConsentRequest } from "../qonto/oauth.ts";
import { digestOf } from "../crypto/digest.ts";
import { randomSecret } from "../crypto/random-secret.ts";

/** The lifetime of Qonto's code. */
const REQUEST_LIFE_MS = 10 * 60 * 1000;

/** The encrypted field of a consent request's row. */
export const VERIFIER_FIELD = "code_verifier";

/**
 * Starts a consent request. Its `state` is valid for one answer, in this browser, for 10 minutes.
 *
 * @param sessionHash SHA-256 of the browser's session.
 * @returns the address of Qonto's consent page.
 */
export async function startOAuth(merchant: MerchantContext, sessionHash: string): Promise<string> {
  const state = `${merchant.name}.${randomSecret()}`;
  const codeVerifier = randomSecret();
  const [stateHash, sealedVerifier] = await Promise.all([
    digestOf(state),
    merchant.vault.encrypt(VERIFIER_FIELD, codeVerifier),
  ]);
  const now = Date.now();
  merchant.oauthRequests.add({ stateHash, sessionHash, sealedVerifier, expiresAt: now + REQUEST_LIFE_MS }, now);
  const asked: ConsentRequest = { redirectUri: redirectUriOf(merchant), state, codeVerifier };
  const url = await merchant.oauth.consentUrl(asked, merchant.settings.read("organization")?.id ?? null);
  return url.href;
}

/** Returns the address to which Qonto redirects the merchant's browser. */
export function redirectUriOf({ config }: MerchantContext): string {
  return new URL("/oauth/callback", config.workerUrl).href;
}
