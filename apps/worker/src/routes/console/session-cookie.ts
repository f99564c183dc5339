import { isMerchantName } from "@qonto-pay/core/api";
import { COOKIE_LIFE_SECONDS } from "../../console/session-lifetime.ts";
import type { Config } from "../../context/config.ts";
import { digestOf } from "../../crypto/digest.ts";
import { hasChecksum, withChecksum } from "../../crypto/key-checksum.ts";
import { randomSecret } from "../../crypto/random-secret.ts";

/** The session that a cookie of the console names. The merchant's object decides whether it is valid. */
export interface CookieSession {
  readonly merchant: string;
  /** The value of the cookie: `{merchant}.{random}`, with a checksum at its end. */
  readonly value: string;
  /** SHA-256 of the value, in hex, as it is stored. */
  readonly hash: string;
}

/**
 * Returns the session of the browser; null if its cookie is missing or malformed. A cookie ends with a checksum, as a
 * secret key does, so that an invented one calls no merchant's object.
 */
export async function cookieSessionOf(request: Request, config: Config): Promise<CookieSession | null> {
  const prefix = `${nameOf(config)}=`;
  const cookies = (request.headers.get("Cookie") ?? "").split(";").map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length) ?? "";
  const [merchant = "", random = ""] = value.split(".");
  if (!isMerchantName(merchant) || !/^[A-Za-z0-9_-]{49}$/.test(random)) return null;
  const whole = `${merchant}.${random}`;
  return (await hasChecksum(whole)) ? { merchant, value: whole, hash: await digestOf(whole) } : null;
}

/** Returns a session that no browser had before. */
export async function newCookieSession(merchant: string): Promise<CookieSession> {
  const value = await withChecksum(`${merchant}.${randomSecret()}`);
  return { merchant, value, hash: await digestOf(value) };
}

/** Sets the cookie of a session. */
export function setSession(response: Response, { value }: CookieSession, config: Config): Response {
  response.headers.append("Set-Cookie", cookieOf(value, COOKIE_LIFE_SECONDS, config));
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
