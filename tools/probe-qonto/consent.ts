import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { errorCodes, readAnswer, recordOf, wordOf } from "./answer.ts";
import type { ProbeOptions } from "./options.ts";
import type { TokenAnswer } from "./qonto-api.ts";

const SCOPES = "offline_access organization.read payment_link.read payment_link.write webhook";
/** Longer than a person needs to sign in. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Returns tokens from a refresh token, a code, or a browser. @param tell shows the person the address to open. @throws
 * Error without secrets.
 */
export async function obtainTokens(options: ProbeOptions, tell: (text: string) => void): Promise<TokenAnswer> {
  const { consent, redirectUri: redirect_uri } = options;
  if (consent.kind === "refresh_token")
    return exchange(options, { grant_type: "refresh_token", refresh_token: consent.value });
  const code = consent.kind === "code" ? consent.value : await codeOfBrowser(options, tell);
  return exchange(options, { grant_type: "authorization_code", code, redirect_uri });
}

/** What to do about an error that Qonto sent the browser back with (RFC 6749, 4.1.2.1). */
export function refusalOf(error: string | null): string {
  switch (error) {
    case null:
      return "Qonto sent back neither a code nor an error. Start again.";
    case "access_denied":
      return "The consent was denied (access_denied). Start again, and allow the access.";
    case "invalid_scope":
      return `Qonto answered invalid_scope: the application may not request one of its scopes. Switch on all of these for the application in Qonto's developer portal, then start again: ${SCOPES.split(" ").join(", ")}.`;
    case "invalid_client":
    case "unauthorized_client":
      return `Qonto answered ${error}: it does not accept the application. Compare QONTO_CLIENT_ID with Qonto's developer portal.`;
    default:
      // Any other text of the query is Qonto's, or of another source.
      return `Qonto answered ${wordOf(error)} instead of a code. Start again; if it stays so, look for this word in Qonto's documentation.`;
  }
}

async function exchange(options: ProbeOptions, form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
  const { clientId: client_id, clientSecret: client_secret, stagingToken } = options;
  const answer = await readAnswer(
    await fetch(`${options.oauthUrl}/oauth2/token`, {
      method: "POST",
      redirect: "manual",
      headers: stagingToken === null ? {} : { "X-Qonto-Staging-Token": stagingToken },
      body: new URLSearchParams({ client_id, client_secret, ...form }),
    }),
  );
  const { access_token, refresh_token, expires_in } = recordOf(answer.body);
  if (typeof access_token === "string" && typeof refresh_token === "string") {
    return { access_token, refresh_token, expires_in: typeof expires_in === "number" ? expires_in : 3_600 };
  }
  const hint = answer.kind === "json" ? errorCodes(answer.body).join(" ") : "no JSON: check QONTO_STAGING_TOKEN";
  throw new Error(
    `Qonto returned no tokens (${answer.status}, ${hint}). Check the credentials, or give the consent again.`,
  );
}

async function codeOfBrowser(
  { oauthUrl, clientId, redirectUri }: ProbeOptions,
  tell: (text: string) => void,
): Promise<string> {
  const state = randomBytes(24).toString("base64url");
  const url = new URL("/oauth2/auth", oauthUrl);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPES,
    state,
  }).toString();
  const { port, pathname } = new URL(redirectUri);
  const server = createServer();
  try {
    const code = new Promise<string>((resolve, reject) => {
      server.once("error", reject);
      setTimeout(() => reject(new Error("The merchant gave no consent within 10 minutes.")), PATIENCE_MS).unref();
      server.on("request", (request, response) => {
        const called = new URL(request.url ?? "/", redirectUri);
        const query = called.searchParams;
        if (called.pathname !== pathname || query.get("state") !== state) return void response.writeHead(404).end();
        response.writeHead(200, { "Content-Type": "text/plain" }).end("You can close this page.");
        const found = query.get("code");
        if (found === null) reject(new Error(refusalOf(query.get("error"))));
        else resolve(found);
      });
    });
    await new Promise<void>((resolve) => server.listen(Number(port), "127.0.0.1", resolve));
    tell(`Open this address, sign in and allow the access:\n${url.href}`);
    return await code;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
