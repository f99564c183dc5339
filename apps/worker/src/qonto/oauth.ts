import * as oauth from "oauth4webapi";
import { type CallObserver, observed } from "./call-observer.ts";
import { exchange, notJson, STAGING_TOKEN_HEADER, unknownShape } from "./http-exchange.ts";
import { type IncomingAnswer, type OutgoingRequest, type Send, sendRequest } from "./outgoing-request.ts";
import type { CallPath } from "./qonto-call.ts";
import { parseJson } from "./parse-json.ts";
import { QontoError } from "./qonto-error.ts";
import { QontoClock } from "./qonto-clock.ts";

const TOKEN_TIMEOUT_MS = 5_000;

/** The scopes of all features; `offline_access` gives a refresh token. */
export const SCOPES = ["offline_access", "organization.read", "payment_link.read", "payment_link.write", "webhook"];

export interface OAuthSettings {
  readonly oauthUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Null in production, which does not accept one. */
  readonly stagingToken: string | null;
}

/** Both tokens of a consent. Times are milliseconds since the epoch. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token expires. */
  readonly expiresAt: number;
}

/** How a request for a token is sent. */
export interface TokenCall {
  /**
   * Whether it is sent at once, regardless of the limits of calls and of a pause after a 429. For a refresh token that
   * was used and whose successor was lost: Qonto accepts it for 60 seconds only, and then the merchant must reauthorize.
   */
  readonly isUrgent?: boolean;
}

/** A requested consent. */
export interface ConsentRequest {
  readonly redirectUri: string;
  readonly state: string;
  /** PKCE, RFC 7636. Qonto doesn't document it: it is sent, and nothing relies on it. */
  readonly codeVerifier: string;
}

/**
 * Why a consent was not given. `scope`: the application may not request one of the scopes (observed as an error at the
 * redirect address; field notes of 2026-11-29, 10.4). `client`: the application may not request a consent at all.
 */
export type ConsentRefusal = "refused" | "not_ours" | "scope" | "client" | "failed";

const REFUSALS: Readonly<Record<string, ConsentRefusal>> = {
  access_denied: "refused",
  invalid_scope: "scope",
  invalid_client: "client",
  unauthorized_client: "client",
};

/** Qonto's OAuth for one merchant. */
export class QontoOAuth {
  readonly #server: oauth.AuthorizationServer;
  readonly #client: oauth.Client;
  readonly #secret: oauth.ClientAuth;
  readonly #stagingToken: string | null;
  readonly #rateLimiter: CallPath["rateLimiter"];
  readonly #observer: CallObserver;
  readonly #send: Send;

  constructor(settings: OAuthSettings, { rateLimiter, observer, send }: CallPath) {
    const { oauthUrl, clientId, clientSecret, stagingToken } = settings;
    this.#server = {
      issuer: oauthUrl.origin,
      authorization_endpoint: new URL("/oauth2/auth", oauthUrl).href,
      token_endpoint: new URL("/oauth2/token", oauthUrl).href,
      revocation_endpoint: new URL("/oauth2/revoke", oauthUrl).href,
    };
    this.#client = { client_id: clientId };
    this.#secret = oauth.ClientSecretPost(clientSecret);
    this.#stagingToken = stagingToken;
    this.#rateLimiter = rateLimiter;
    this.#observer = observer;
    this.#send = send;
  }

  /** Returns the address of Qonto's authorization page. @param organizationId preselects an organization. */
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
   * Returns the code in the query of Qonto's redirect, ready for the exchange.
   *
   * @returns the reason if there is no valid code.
   */
  readCallback(query: URLSearchParams, state: string): URLSearchParams | ConsentRefusal {
    // Only the required parameters: `iss` may be added at any time, and Qonto's issuer is not documented.
    const known = new URLSearchParams();
    for (const name of ["code", "state", "error"]) for (const value of query.getAll(name)) known.append(name, value);
    try {
      const callback = oauth.validateAuthResponse(this.#server, this.#client, known, state);
      return callback.has("code") ? callback : "failed";
    } catch (error) {
      if (!(error instanceof oauth.AuthorizationResponseError)) return "not_ours";
      return REFUSALS[error.error] ?? "failed";
    }
  }

  /**
   * Exchanges the code of a consent for tokens.
   *
   * @param callback as `readCallback` returned it.
   * @throws QontoError `not_connected` if the code is wrong, used or older than 10 minutes; `misconfigured` if Qonto
   * rejects this deployment's client; one with `isForeign` if a server other than Qonto's OAuth answered.
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
   * Exchanges a refresh token for new tokens. Qonto replaces it at every use and accepts the old one for another 60
   * seconds, so a call whose answer was lost can be repeated with the same token.
   *
   * @throws QontoError `not_connected` if the refresh token is revoked or older than 90 days; others as `exchangeCode`.
   */
  refresh(refreshToken: string, call: TokenCall = {}): Promise<Tokens> {
    return this.#tokensOf(
      async (options) =>
        oauth.processRefreshTokenResponse(
          this.#server,
          this.#client,
          await oauth.refreshTokenGrantRequest(this.#server, this.#client, this.#secret, refreshToken, options),
        ),
      call,
    );
  }

  /** Ends a consent at Qonto. @throws QontoError */
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
    call: TokenCall = {},
  ): Promise<Tokens> {
    const answer = await this.#guarded("createToken", () => request(this.#options("createToken", call)));
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn } = answer;
    if (refreshToken === undefined || expiresIn === undefined) throw unknownShape("createToken");
    return { accessToken, refreshToken, expiresAt: Date.now() + expiresIn * 1000 };
  }

  #guarded<T>(operation: string, request: () => Promise<T>): Promise<T> {
    return observed(this.#observer, operation, async () => {
      try {
        return await request();
      } catch (error) {
        throw faultOf(operation, error);
      }
    });
  }

  #options(operation: string, { isUrgent = false }: TokenCall = {}) {
    return {
      // Only a local Qonto is ever reached without TLS: `config.ts` allows no other.
      [oauth.allowInsecureRequests]: new URL(this.#server.issuer).protocol === "http:",
      [oauth.customFetch]: async (url: string, init: oauth.CustomFetchOptions<"POST", URLSearchParams>) => {
        const headers = {
          ...init.headers,
          ...(this.#stagingToken === null ? {} : { [STAGING_TOKEN_HEADER]: this.#stagingToken }),
        };
        const request = { url, method: init.method, headers, body: init.body.toString() };
        // Other calls wait for this one.
        const send = (): Promise<IncomingAnswer> => {
          this.#observer.beforeRequest();
          return exchange({ operation, request, timeoutMs: TOKEN_TIMEOUT_MS, send: this.#send });
        };
        const answer = await (isUrgent ? send() : this.#rateLimiter.run("event", send));
        if (answer === null) throw new TypeError("a request for a token is never obsolete");
        return readableAnswer(operation, request, answer);
      },
    };
  }
}

/**
 * Returns a successful answer for the library. The field `error` classifies a rejection (RFC 6749, 5.2), regardless of
 * the status and also beside `WWW-Authenticate`: integrators saw the same rejection as 400 and as 401 (field notes of
 * 2026-11-29, 10.4).
 *
 * @throws QontoError
 */
function readableAnswer(operation: string, request: OutgoingRequest, { status, body: text }: IncomingAnswer): Response {
  const json = parseJson(text);
  const isObject = typeof json === "object" && json !== null;
  // RFC 7009, 2.2: a revocation is answered by its status alone.
  if (!isObject && !(text === "" && operation === "revokeToken" && status < 400)) throw notJson(operation, request);
  const error: unknown = isObject && "error" in json ? json.error : undefined;
  if (typeof error === "string") throw faultOfError(operation, status, error);
  if (status >= 400) throw new QontoError("refused", `Qonto answered ${status} to ${operation}`, { status });
  return new Response(text, { status, headers: { "Content-Type": "application/json" } });
}

function faultOfError(operation: string, status: number, error: string): QontoError {
  switch (error) {
    case "invalid_grant":
      return new QontoError("not_connected", "Qonto no longer accepts the merchant's consent");
    case "invalid_client":
    case "unauthorized_client":
      return new QontoError(
        "misconfigured",
        `Qonto answered ${error} to ${operation}: check QONTO_CLIENT_ID and QONTO_CLIENT_SECRET`,
      );
    case "server_error":
    case "temporarily_unavailable":
      return new QontoError("unavailable", `Qonto answered ${error} to ${operation}`, { mayHaveHappened: true });
    default:
      return new QontoError("refused", `Qonto answered ${status} to ${operation}`, { status, code: error });
  }
}

/** Converts the library's errors. Their texts may quote Qonto, so they are not passed on. */
function faultOf(operation: string, error: unknown): unknown {
  return error instanceof oauth.OperationProcessingError ? unknownShape(operation) : error;
}

/** Never a valid refresh token at Qonto. */
const NO_TOKEN = "a-probe-without-a-refresh-token";

/**
 * Checks, without any merchant, whether Qonto's OAuth accepts this deployment's client. A refresh token that does not
 * exist is rejected with `invalid_grant` if the client was accepted, otherwise with `invalid_client` (RFC 6749, 5.2).
 *
 * @returns null if the client is accepted; otherwise the error that every refresh would get.
 */
export async function probeOAuth(settings: OAuthSettings): Promise<QontoError | null> {
  const observer = { clock: new QontoClock(), beforeRequest: () => undefined, failed: () => undefined };
  const rateLimiter: CallPath["rateLimiter"] = { run: (_priority, call) => call() };
  const probe = new QontoOAuth(settings, { rateLimiter, observer, send: sendRequest });
  try {
    await probe.refresh(NO_TOKEN);
    return null;
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return fault.kind === "not_connected" ? null : fault;
  }
}
