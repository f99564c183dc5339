import { type ConsoleToken, readConsoleToken } from "../../console/console-token.ts";
import { COOKIE_LIFE_SECONDS } from "../../console/session-lifetime.ts";
import type { Config } from "../../context/config.ts";

const NAME = "qonto-pay-console";

/** Returns the session that the browser's cookie names; null if the cookie is missing or malformed. */
export function cookieSessionOf(request: Request, config: Config): Promise<ConsoleToken | null> {
  return readConsoleToken(cookieNamed(NAME, request, config));
}

/** Sets the cookie of a session. @param token as `newConsoleToken` returned it. */
export function setSession(response: Response, token: string, config: Config): Response {
  response.headers.append("Set-Cookie", cookieText(NAME, { value: token, seconds: COOKIE_LIFE_SECONDS }, config));
  return response;
}

/** Removes the cookie. */
export function clearSession(response: Response, config: Config): Response {
  response.headers.append("Set-Cookie", cookieText(NAME, { value: "", seconds: 0 }, config));
  return response;
}

/** Returns the value of a cookie of this deployment; empty if there is none. */
export function cookieNamed(name: string, request: Request, config: Config): string {
  const prefix = `${nameOn(config, name)}=`;
  const cookies = (request.headers.get("Cookie") ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
}

/**
 * Returns a cookie for `Set-Cookie`. `SameSite=Strict` needs no exception for the return from Qonto: the pages of the
 * console are static, and their requests have the same origin.
 */
export function cookieText(
  name: string,
  { value, seconds }: { readonly value: string; readonly seconds: number },
  config: Config,
): string {
  const secure = isPlain(config) ? "" : " Secure;";
  return `${nameOn(config, name)}=${value}; Max-Age=${seconds}; Path=/;${secure} HttpOnly; SameSite=Strict`;
}

/** With the prefix, browsers accept the cookie only from this host and only over TLS (RFC 6265bis, 4.1.3). */
function nameOn(config: Config, name: string): string {
  return isPlain(config) ? name : `__Host-${name}`;
}

/** Whether the deployment is served without TLS, which the settings allow on loopback only. */
function isPlain({ workerUrl }: Config): boolean {
  return workerUrl.protocol === "http:";
}
