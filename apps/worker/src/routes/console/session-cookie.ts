import { type ConsoleToken, readConsoleToken } from "../../console/console-token.ts";
import { COOKIE_LIFE_SECONDS } from "../../console/session-lifetime.ts";
import type { Config } from "../../context/config.ts";

/** Returns the session that the browser's cookie names; null if the cookie is missing or malformed. */
export function cookieSessionOf(request: Request, config: Config): Promise<ConsoleToken | null> {
  const prefix = `${nameOf(config)}=`;
  const cookies = (request.headers.get("Cookie") ?? "").split(";").map((cookie) => cookie.trim());
  return readConsoleToken(cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "");
}

/** Sets the cookie of a session. @param token as `newConsoleToken` returned it. */
export function setSession(response: Response, token: string, config: Config): Response {
  response.headers.append("Set-Cookie", cookieOf(token, COOKIE_LIFE_SECONDS, config));
  return response;
}

/** Removes the cookie. */
export function clearSession(response: Response, config: Config): Response {
  response.headers.append("Set-Cookie", cookieOf("", 0, config));
  return response;
}

/**
 * `SameSite=Strict` needs no exception for the return from Qonto: the pages of the console are static, and their
 * requests have the same origin.
 */
function cookieOf(value: string, lifeSeconds: number, config: Config): string {
  const secure = isPlain(config) ? "" : " Secure;";
  return `${nameOf(config)}=${value}; Max-Age=${lifeSeconds}; Path=/;${secure} HttpOnly; SameSite=Strict`;
}

/** With the prefix, browsers accept the cookie only from this host and only over TLS (RFC 6265bis, 4.1.3). */
function nameOf(config: Config): string {
  return isPlain(config) ? "qonto-pay-console" : "__Host-qonto-pay-console";
}

/** Whether the deployment is served without TLS, which the settings allow on loopback only. */
function isPlain({ workerUrl }: Config): boolean {
  return workerUrl.protocol === "http:";
}
