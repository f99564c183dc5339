import {
  consoleSessionPageSchema,
  consoleSessionSchema,
  consoleSessionsQuerySchema,
  createSignInLinkSchema,
  signInLinkPageSchema,
  signInLinkSchema,
  signInLinksQuerySchema,
  signInRequestSchema,
} from "@qonto-pay/core/api.schema";
import type { SignInRequest } from "@qonto-pay/core/api";
import { newConsoleToken, readConsoleToken } from "../console/console-token.ts";
import type { SignInProof } from "../console/sign-in.ts";
import type { Config } from "../context/config.ts";
import { digestOf } from "../crypto/digest.ts";
import { ApiError } from "../errors/api-error.ts";
import { emptyResponse, jsonResponse } from "../http/json-response.ts";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { CONSOLE_SESSION, SIGN_IN_LINK, SIGN_IN_TOKEN } from "../openapi/examples.ts";
import { consoleHeader, sessionId, signInLinkId } from "../openapi/parameters.ts";
import { clearSession, cookieSessionOf, setSession } from "./console/session-cookie.ts";
import { requireConsolePage, requireSession } from "./request/authenticate-console.ts";
import { readSecretKey } from "./request/authenticate-key.ts";
import { jsonRoute, type Route, serverRoute } from "./route.ts";

const HEADERS = { "Qonto-Pay-Console": consoleHeader };
const SIGNED_IN = WITH_DOCS && {
  merchant: "demo",
  organization: "Demo Pottery",
  environment: "sandbox",
  ...CONSOLE_SESSION,
  fresh: true,
  fresh_until: "2026-11-21T09:10:00.000Z",
};
const LINKS = WITH_DOCS && { data: [SIGN_IN_LINK], has_more: false };
const SESSIONS = WITH_DOCS && { data: [CONSOLE_SESSION], has_more: false };

/**
 * The sessions of the console stand under `/v1`, beside the calls that the console shares with servers, and not under
 * `/console`, where Cloudflare serves its pages.
 */
export const consoleSessions: readonly Route[] = [
  jsonRoute({
    method: "POST",
    path: "/v1/console/session",
    caller: "anyone",
    rateLimit: "SIGN_IN_RATE_LIMIT",
    body: signInRequestSchema,
    handle: async ({ body }, request, { env, config }) => {
      requireConsolePage(request, config);
      const { merchant, proof } = await proofOf(body, config);
      const previous = await cookieSessionOf(request, config);
      const isSameMerchant = previous?.merchant === merchant;
      const token = await newConsoleToken(merchant);
      const signingIn = {
        proof,
        sessionHash: await digestOf(token),
        previousHash: isSameMerchant ? previous.hash : null,
      };
      const signedIn = await callMerchant(env, config, merchant, (object) => object.signInToConsole(signingIn));
      if (previous !== null && !isSameMerchant) {
        await callMerchant(env, config, previous.merchant, (object) => object.signOutOfConsole(previous.hash));
      }
      return setSession(jsonResponse(signedIn, 201), token, config);
    },
    docs: WITH_DOCS && {
      id: "signIn",
      tag: "Console",
      summary: "Sign in to the console",
      description:
        "Exchanges a secret key or the token of a sign-in link for a session cookie, so that the browser need not store a key. The link is used up. Every sign-in gets a new cookie, and ends the session that the browser had before. A session ends 12 hours after its last use, and 7 days after the sign-in.",
      headers: HEADERS,
      bodyExamples: {
        "With a secret key": { secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" },
        "With a link": { link_token: SIGN_IN_TOKEN },
      },
      answers: [
        { status: 201, description: "The browser is signed in.", schema: consoleSessionSchema, example: SIGNED_IN },
      ],
      errors: ["invalid_key", "invalid_sign_in_link", "key_environment_mismatch", "origin_not_allowed", "overloaded"],
    },
  }),
  jsonRoute({
    method: "GET",
    path: "/v1/console/session",
    caller: "console",
    rateLimit: "READ_RATE_LIMIT",
    handle: async (_sent, request, { env, config }) => {
      const { merchant, hash } = await requireSession(request, config);
      return jsonResponse(await callMerchant(env, config, merchant, (object) => object.readConsoleSession(hash)));
    },
    docs: WITH_DOCS && {
      id: "getSession",
      tag: "Console",
      summary: "Read the current session",
      description: "Says who is signed in, and until when.",
      headers: HEADERS,
      answers: [{ status: 200, description: "The session.", schema: consoleSessionSchema, example: SIGNED_IN }],
    },
  }),
  jsonRoute({
    method: "DELETE",
    path: "/v1/console/session",
    caller: "console",
    rateLimit: "READ_RATE_LIMIT",
    handle: async (_sent, request, { env, config }) => {
      requireConsolePage(request, config);
      const session = await cookieSessionOf(request, config);
      if (session !== null) {
        const { merchant, hash } = session;
        await callMerchant(env, config, merchant, (object) => object.signOutOfConsole(hash));
      }
      return clearSession(emptyResponse(), config);
    },
    docs: WITH_DOCS && {
      id: "signOut",
      tag: "Console",
      summary: "Sign out of the console",
      description: "Ends the current session at once, and removes its cookie. The call can be repeated.",
      headers: HEADERS,
      answers: [{ status: 204, description: "The browser is signed out." }],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/console/sessions",
    query: consoleSessionsQuerySchema,
    operation: "listConsoleSessions",
    docs: WITH_DOCS && {
      id: "listSessions",
      tag: "Console",
      summary: "List the browsers that are signed in",
      description: "The latest sign-in first. The cookies themselves are not stored, so they are not returned.",
      answer: { description: "The sessions.", schema: consoleSessionPageSchema, example: SESSIONS },
    },
  }),
  serverRoute({
    method: "DELETE",
    path: "/v1/console/sessions/:id",
    operation: "revokeConsoleSession",
    docs: WITH_DOCS && {
      id: "revokeSession",
      tag: "Console",
      summary: "End a session",
      description:
        "Takes effect at once. Revoking a secret key ends the sessions that were signed in with it, and replacing all keys ends all sessions.",
      path: sessionId,
      answer: { description: "The remaining sessions.", schema: consoleSessionPageSchema, example: SESSIONS },
      errors: ["console_session_not_found"],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/console/sign_in_links",
    query: signInLinksQuerySchema,
    operation: "listSignInLinks",
    docs: WITH_DOCS && {
      id: "listSignInLinks",
      tag: "Console",
      summary: "List the unused sign-in links",
      description: "The latest first. The links themselves are not stored, so they are not returned.",
      answer: { description: "The links.", schema: signInLinkPageSchema, example: LINKS },
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/console/sign_in_links",
    body: createSignInLinkSchema,
    operation: "createSignInLink",
    status: 201,
    docs: WITH_DOCS && {
      id: "createSignInLink",
      tag: "Console",
      summary: "Create a sign-in link",
      description:
        "Invites a person to the console, or opens it on another device. The link signs in one browser, once. Opening it does not use it up: the page sends the token when the person confirms. Revoking the secret key that created the link, directly or through a session, ends the link and the sessions that were signed in with it.",
      bodyExamples: { "An accountant": { role: "viewer", name: "Ada, accountant", expires_in: 259_200 } },
      answer: {
        description: "The link, which is returned only once.",
        schema: signInLinkSchema,
        example: { ...SIGN_IN_LINK, url: `https://pay.your-shop.eu/console#sign-in=${SIGN_IN_TOKEN}` },
      },
    },
  }),
  serverRoute({
    method: "DELETE",
    path: "/v1/console/sign_in_links/:id",
    operation: "deleteSignInLink",
    docs: WITH_DOCS && {
      id: "deleteSignInLink",
      tag: "Console",
      summary: "Delete an unused sign-in link",
      description: "Takes effect at once. To end the session of a used link, revoke the session.",
      path: signInLinkId,
      answer: { description: "The remaining links.", schema: signInLinkPageSchema, example: LINKS },
      errors: ["sign_in_link_not_found"],
    },
  }),
];

/** Returns the merchant that a sign-in names. @throws ApiError `invalid_key`, `invalid_sign_in_link` and others. */
async function proofOf(
  body: SignInRequest,
  config: Config,
): Promise<{ readonly merchant: string; readonly proof: SignInProof }> {
  if ("secret_key" in body) {
    const { merchant, keyHash } = await readSecretKey(body.secret_key, config);
    return { merchant, proof: { keyHash } };
  }
  const token = await readConsoleToken(body.link_token);
  if (token === null) throw new ApiError("invalid_sign_in_link");
  return { merchant: token.merchant, proof: { linkHash: token.hash } };
}
