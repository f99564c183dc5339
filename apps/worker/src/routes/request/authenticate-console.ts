import { CONSOLE_HEADER } from "@qonto-pay/core/api";
import type { ConsoleToken } from "../../console/console-token.ts";
import type { Config } from "../../context/config.ts";
import type { Env } from "../../context/env.ts";
import type { OperatorSessionTimes } from "../../deployment-object/deployment-object.ts";
import { stubOfDeployment } from "../../deployment-object/stub-of-deployment.ts";
import { ApiError } from "../../errors/api-error.ts";
import { operatorCookieOf } from "../console/operator-cookie.ts";
import { cookieSessionOf } from "../console/session-cookie.ts";

/**
 * Whether the caller is the console. Other requests can have its cookie, too, and must not be authenticated by it. A key
 * comes first, as it does for all other callers.
 */
export function isFromConsole({ headers }: Request): boolean {
  return headers.has(CONSOLE_HEADER) && !headers.has("Authorization");
}

/**
 * Returns the session of a request from a page of the console.
 *
 * @throws ApiError `origin_not_allowed`, `invalid_console_session`.
 */
export async function requireSession(request: Request, config: Config): Promise<ConsoleToken> {
  requireConsolePage(request, config);
  const session = await cookieSessionOf(request, config);
  if (session === null) throw new ApiError("invalid_console_session");
  return session;
}

/**
 * Returns the operator's session of a request from a page of the console, and records its use.
 *
 * @throws ApiError `origin_not_allowed`, `invalid_operator_session`.
 */
export async function requireOperatorSession(
  request: Request,
  env: Env,
  config: Config,
): Promise<OperatorSessionTimes> {
  requireConsolePage(request, config);
  const hash = await operatorCookieOf(request, config);
  const session = hash === null ? null : await stubOfDeployment(env, config).useSession(hash);
  if (session === null) throw new ApiError("invalid_operator_session");
  return session;
}

/**
 * Accepts only requests from pages of this deployment. Each of the rules alone stops a forged request of another site:
 * its browser sends a header of its own only after a CORS preflight, which this Worker never allows, and names the
 * sender in `Origin` and `Sec-Fetch-Site`.
 *
 * @throws ApiError `origin_not_allowed`.
 */
export function requireConsolePage({ method, headers }: Request, { workerUrl }: Config): void {
  const origin = headers.get("Origin");
  const site = headers.get("Sec-Fetch-Site");
  const isOwnOrigin = origin === workerUrl.origin || (origin === null && method === "GET");
  if (headers.get(CONSOLE_HEADER) === "1" && isOwnOrigin && (site === null || site === "same-origin")) return;
  const message = `Only pages at ${workerUrl.origin} may call this, with the header ${CONSOLE_HEADER}: 1.`;
  throw new ApiError("origin_not_allowed", { message });
}
