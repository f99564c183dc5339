import {
  consoleSessionPageSchema,
  consoleSessionSchema,
  consoleSessionsQuerySchema,
  signInRequestSchema,
} from "@qonto-pay/core/api.schema";
import { emptyResponse, jsonResponse } from "../http/json-response.ts";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { CONSOLE_SESSION } from "../openapi/examples.ts";
import { consoleHeader, sessionId } from "../openapi/parameters.ts";
import { clearSession, cookieSessionOf, newCookieSession, setSession } from "./console/session-cookie.ts";
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
      const { merchant, keyHash } = await readSecretKey(body.secret_key, config);
      const previous = await cookieSessionOf(request, config);
      const session = await newCookieSession(merchant);
      const isSameMerchant = previous?.merchant === merchant;
      const signingIn = { keyHash, sessionHash: session.hash, previousHash: isSameMerchant ? previous.hash : null };
      const signedIn = await callMerchant(env, config, merchant, (object) => object.signInToConsole(signingIn));
      if (previous !== null && !isSameMerchant) {
        await callMerchant(env, config, previous.merchant, (object) => object.signOutOfConsole(previous.hash));
      }
      return setSession(jsonResponse(signedIn, 201), session, config);
    },
    docs: WITH_DOCS && {
      id: "signIn",
      tag: "Console",
      summary: "Sign in to the console",
      description:
        "Exchanges a secret key for a session cookie, so that the browser need not store the key. Every sign-in gets a new cookie, and ends the session that the browser had before. A session ends 12 hours after its last use, and 7 days after the sign-in.",
      headers: HEADERS,
      bodyExamples: { "With a secret key": { secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" } },
      answers: [
        { status: 201, description: "The browser is signed in.", schema: consoleSessionSchema, example: SIGNED_IN },
      ],
      errors: ["invalid_key", "key_environment_mismatch", "origin_not_allowed", "overloaded"],
    },
  }),
  jsonRoute({
    method: "GET",
    path: "/v1/console/session",
    caller: "console",
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
];
