import { tokenAnswerSchema } from "@qonto-pay/core/qonto.schema";
import { ask } from "./ask.ts";
import { QontoFault } from "./qonto-fault.ts";

const TOKEN_TIMEOUT_MS = 5_000;

export interface OAuthSettings {
  readonly oauthUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Both tokens of a consent. `expiresAt` is when the access token ends, in milliseconds of the epoch. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
}

/**
 * Turns the code of a consent into tokens.
 *
 * @throws QontoFault `not_connected` when the code is wrong, used or older than 10 minutes.
 */
export function exchangeCode(settings: OAuthSettings, code: string, redirectUri: string): Promise<Tokens> {
  return requestTokens(settings, { grant_type: "authorization_code", code, redirect_uri: redirectUri });
}

/**
 * Turns a refresh token into new tokens. Qonto replaces it at every use; the old one lives on for 60 seconds, so a call
 * whose answer was lost may be made once more with the same token.
 *
 * @throws QontoFault `not_connected` when the refresh token is revoked or older than 90 days.
 */
export function refreshTokens(settings: OAuthSettings, refreshToken: string): Promise<Tokens> {
  return requestTokens(settings, { grant_type: "refresh_token", refresh_token: refreshToken });
}

async function requestTokens(settings: OAuthSettings, grant: Record<string, string>): Promise<Tokens> {
  const answer = await ask(
    "createToken",
    new Request(new URL("/oauth2/token", settings.oauthUrl), {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...grant, client_id: settings.clientId, client_secret: settings.clientSecret }),
    }),
    TOKEN_TIMEOUT_MS,
  );
  if (answer.status === 400 && isInvalidGrant(answer.json)) {
    throw new QontoFault("not_connected", "Qonto no longer accepts the merchant's consent");
  }
  if (answer.status !== 200) throw new QontoFault("refused", `Qonto answered ${answer.status} to createToken`);
  const parsed = tokenAnswerSchema.safeParse(answer.json);
  if (!parsed.success || parsed.data.refresh_token === undefined) {
    throw new QontoFault("unavailable", "Qonto's answer to createToken has another shape", { mayHaveHappened: true });
  }
  return {
    accessToken: parsed.data.access_token,
    refreshToken: parsed.data.refresh_token,
    expiresAt: Date.now() + parsed.data.expires_in * 1000,
  };
}

/** RFC 6749, 5.2: the grant is invalid, expired or revoked. Any other refusal is our settings' fault, not the merchant's. */
function isInvalidGrant(json: unknown): boolean {
  return typeof json === "object" && json !== null && "error" in json && json.error === "invalid_grant";
}
