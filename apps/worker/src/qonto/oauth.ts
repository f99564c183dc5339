import * as oauth from "oauth4webapi";
import type { CallGate } from "./call-gate.ts";
import { type CallWatch, watched } from "./call-watch.ts";
import { exchange } from "./exchange.ts";
import { QontoFault } from "./qonto-fault.ts";

const TOKEN_TIMEOUT_MS = 5_000;

/** All that this product does at Qonto; `offline_access` is what gives a refresh token. */
const SCOPES = ["offline_access", "organization.read", "payment_link.read", "payment_link.write", "webhook"];

export interface OAuthSettings {
  readonly oauthUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Both tokens of a consent. Times are milliseconds of the epoch. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token ends. */
  readonly expiresAt: number;
}

/** A consent that was asked for. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly state: string;
  /** PKCE, RFC 7636. Qonto doesn't document it: it is sent, and nothing relies on it. */
  readonly codeVerifier: string;
}

/** Why a consent was not given. */
export type ConsentRefusal = "refused" | "not_ours" | "failed";

/** Qonto's OAuth in one merchant's name. */
export class QontoOAuth {
  readonly #server: oauth.AuthorizationServer;
  readonly #client: oauth.Client;
  readonly #secret: oauth.ClientAuth;
  readonly #gate: CallGate;
  readonly #watch: CallWatch;

  constructor({ oauthUrl, clientId, clientSecret }: OAuthSettings, gate: CallGate, watch: CallWatch) {
    this.#server = {
      issuer: oauthUrl.origin,
      authorization_endpoint: new URL("/oauth2/auth", oauthUrl).href,
      token_endpoint: new URL("/oauth2/token", oauthUrl).href,
      revocation_endpoint: new URL("/oauth2/revoke", oauthUrl).href,
    };
    this.#client = { client_id: clientId };
    this.#secret = oauth.ClientSecretPost(clientSecret);
    this.#gate = gate;
    this.#watch = watch;
  }

  /** Where the merchant is asked for a consent. @param organizationId preselects one. */
  async consentUrl(asked: ConsentRequest, organizationId: string | null): Promise<URL> {
    const url = new URL(this.#server.authorization_endpoint ?? "");
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: this.#client.client_id,
      redirect_uri: asked.redirectUri,
      scope: SCOPES.join(" "),
      state: asked.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(asked.codeVerifier),
      code_challenge_method: "S256",
      ...(organizationId === null ? {} : { organization_id: organizationId }),
    }).toString();
    return url;
  }

  /**
   * The code in what Qonto sent the merchant's browser back with, ready to be exchanged.
   *
   * @returns why there is none otherwise.
   */
  readCallback(query: URLSearchParams, state: string): URLSearchParams | ConsentRefusal {
    // Only what is needed: `iss` may be added at any time, and Qonto's issuer is not documented.
    const known = new URLSearchParams();
    for (const name of ["code", "state", "error"]) for (const value of query.getAll(name)) known.append(name, value);
    try {
      const callback = oauth.validateAuthResponse(this.#server, this.#client, known, state);
      return callback.has("code") ? callback : "failed";
    } catch (error) {
      if (!(error instanceof oauth.AuthorizationResponseError)) return "not_ours";
      return error.error === "access_denied" ? "refused" : "failed";
    }
  }

  /**
   * Turns the code of a consent into tokens.
   *
   * @param callback as `readCallback` returned it.
   * @throws QontoFault `not_connected` when the code is wrong, used or older than 10 minutes.
   */
  exchangeCode(callback: URLSearchParams, { redirectUri, codeVerifier }: ConsentRequest): Promise<Tokens> {
    return this.#tokensOf(async (options) =>
      oauth.processAuthorizationCodeResponse(
        this.#server,
        this.#client,
        await oauth.authorizationCodeGrantRequest(
          this.#server,
          this.#client,
          this.#secret,
          callback,
          redirectUri,
          codeVerifier,
          options,
        ),
      ),
    );
  }

  /**
   * Turns a refresh token into new tokens. Qonto replaces it at every use; the old one lives on for 60 seconds, so a call
   * whose answer was lost may be made once more with the same token.
   *
   * @throws QontoFault `not_connected` when the refresh token is revoked or older than 90 days.
   */
  refresh(refreshToken: string): Promise<Tokens> {
    return this.#tokensOf(async (options) =>
      oauth.processRefreshTokenResponse(
        this.#server,
        this.#client,
        await oauth.refreshTokenGrantRequest(this.#server, this.#client, this.#secret, refreshToken, options),
      ),
    );
  }

  /** Ends a consent at Qonto. @throws QontoFault */
  async revoke(refreshToken: string): Promise<void> {
    await this.#guarded("revokeToken", async () =>
      oauth.processRevocationResponse(
        await oauth.revocationRequest(
          this.#server,
          this.#client,
          this.#secret,
          refreshToken,
          this.#options("revokeToken"),
        ),
      ),
    );
  }

  async #tokensOf(
    request: (options: oauth.TokenEndpointRequestOptions) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<Tokens> {
    const answer = await this.#guarded("createToken", () => request(this.#options("createToken")));
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = answer;
    if (refreshToken === undefined || expiresIn === undefined) throw anotherShape("createToken");
    return { accessToken, refreshToken, expiresAt: Date.now() + expiresIn * 1000 };
  }

  /** The library's errors as faults. Their texts may quote what Qonto wrote, so none is passed on. */
  #guarded<T>(operation: string, request: () => Promise<T>): Promise<T> {
    return watched(this.#watch, operation, async () => {
      try {
        return await request();
      } catch (error) {
        throw faultOf(operation, error);
      }
    });
  }

  #options(operation: string) {
    return {
      // Only a local Qonto is ever reached without TLS: `config.ts` lets through no other.
      [oauth.allowInsecureRequests]: new URL(this.#server.issuer).protocol === "http:",
      [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<"POST", URLSearchParams>) =>
        this.#gate.run("pay", () =>
          exchange(
            operation,
            new Request(url, { method: init.method, headers: init.headers, body: init.body }),
            TOKEN_TIMEOUT_MS,
          ),
        ),
    };
  }
}

function faultOf(operation: string, error: unknown): unknown {
  if (error instanceof QontoFault) return error;
  // RFC 6749, 5.2: the grant is invalid, expired or revoked. Any other refusal is our settings' fault.
  if (error instanceof oauth.ResponseBodyError && error.error === "invalid_grant") {
    return new QontoFault("not_connected", "Qonto no longer accepts the merchant's consent");
  }
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.WWWAuthenticateChallengeError) {
    return new QontoFault("refused", `Qonto answered ${error.status} to ${operation}`);
  }
  return error instanceof oauth.OperationProcessingError ? anotherShape(operation) : error;
}

function anotherShape(operation: string): QontoFault {
  return new QontoFault("unavailable", `Qonto's answer to ${operation} has another shape`, { mayHaveHappened: true });
}
