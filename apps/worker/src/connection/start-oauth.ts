import type { MerchantContext } from "../context/merchant-context.ts";
import type { ConsentRequest } from "../qonto/oauth.ts";
import { digestOf } from "../crypto/digest.ts";
import { randomSecret } from "../crypto/random-secret.ts";

/** As long as Qonto's code lives. */
const REQUEST_LIFE_MS = 10 * 60 * 1000;

/** What is under seal in a consent request's row. */
export const VERIFIER_FIELD = "code_verifier";

/**
 * Asks for the merchant's consent once: its `state` is good for one answer, in this browser, for 10 minutes.
 *
 * @param sessionHash of the browser that asks.
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

/** Where Qonto sends the merchant's browser back to. */
export function redirectUriOf({ config }: MerchantContext): string {
  return new URL("/oauth/callback", config.workerUrl).href;
}
