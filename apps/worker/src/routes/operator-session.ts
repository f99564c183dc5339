import type { OperatorSession } from "@qonto-pay/core/api";
import { operatorSessionSchema, operatorSignInSchema } from "@qonto-pay/core/api.schema";
import { isSameSecret } from "@qonto-pay/web/constant-time";
import type { Config } from "../context/config.ts";
import type { OperatorSessionTimes } from "../deployment-object/deployment-object.ts";
import { stubOfDeployment } from "../deployment-object/stub-of-deployment.ts";
import { ApiError } from "../errors/api-error.ts";
import { emptyResponse, jsonResponse } from "../http/json-response.ts";
import { consoleHeader } from "../openapi/parameters.ts";
import {
  clearOperatorSession,
  newOperatorToken,
  operatorCookieOf,
  setOperatorSession,
} from "./console/operator-cookie.ts";
import { requireConsolePage, requireOperatorSession } from "./request/authenticate-console.ts";
import { jsonRoute, type Route } from "./route.ts";

const HEADERS = { "Qonto-Pay-Console": consoleHeader };
const SIGNED_IN = WITH_DOCS && {
  environment: "sandbox",
  signed_in_at: "2026-11-21T09:00:00.000Z",
  expires_at: "2026-11-21T10:00:00.000Z",
};

/** The operator's session, with which the console makes the calls of the admin key. */
export const operatorSession: readonly Route[] = [
  jsonRoute({
    method: "POST",
    path: "/v1/operator/session",
    caller: "anyone",
    rateLimit: "SIGN_IN_RATE_LIMIT",
    body: operatorSignInSchema,
    handle: async ({ body }, request, { env, config }) => {
      requireConsolePage(request, config);
      if (!isSameSecret(body.admin_key, config.adminKey)) {
        throw new ApiError("invalid_key", { message: "The admin key is wrong." });
      }
      const { token, hash } = await newOperatorToken(config);
      const times = await stubOfDeployment(env, config).signIn(hash, await operatorCookieOf(request, config));
      return setOperatorSession(jsonResponse(sessionOf(times, config), 201), token, config);
    },
    docs: WITH_DOCS && {
      id: "signInAsOperator",
      tag: "Console",
      summary: "Sign in as the operator",
      description:
        "Exchanges the admin key for a session cookie, which makes the operator's calls from pages of this Worker. The session ends an hour after its last use, 12 hours after the sign-in, and when `ADMIN_KEY` is replaced.",
      headers: HEADERS,
      bodyExamples: { "The admin key": { admin_key: "example-of-an-admin-key-with-32-characters" } },
      answers: [
        { status: 201, description: "The operator is signed in.", schema: operatorSessionSchema, example: SIGNED_IN },
      ],
      errors: ["invalid_key", "origin_not_allowed"],
    },
  }),
  jsonRoute({
    method: "GET",
    path: "/v1/operator/session",
    caller: "operator_browser",
    rateLimit: "READ_RATE_LIMIT",
    handle: async (_sent, request, { env, config }) =>
      jsonResponse(sessionOf(await requireOperatorSession(request, env, config), config)),
    docs: WITH_DOCS && {
      id: "getOperatorSession",
      tag: "Console",
      summary: "Read the operator's session",
      description: "Says whether the operator is signed in, and until when.",
      headers: HEADERS,
      answers: [{ status: 200, description: "The session.", schema: operatorSessionSchema, example: SIGNED_IN }],
    },
  }),
  jsonRoute({
    method: "DELETE",
    path: "/v1/operator/session",
    caller: "operator_browser",
    rateLimit: "READ_RATE_LIMIT",
    handle: async (_sent, request, { env, config }) => {
      requireConsolePage(request, config);
      const hash = await operatorCookieOf(request, config);
      if (hash !== null) await stubOfDeployment(env, config).signOut(hash);
      return clearOperatorSession(emptyResponse(), config);
    },
    docs: WITH_DOCS && {
      id: "signOutAsOperator",
      tag: "Console",
      summary: "Sign the operator out",
      description: "Ends the session at once, and removes its cookie. The call can be repeated.",
      headers: HEADERS,
      answers: [{ status: 204, description: "The operator is signed out." }],
    },
  }),
];

function sessionOf({ createdAt, endsAt }: OperatorSessionTimes, { environment }: Config): OperatorSession {
  return {
    environment,
    signed_in_at: new Date(createdAt).toISOString(),
    expires_at: new Date(endsAt).toISOString(),
  };
}
