import { digestOf } from "../../crypto/digest.ts";
import { randomSecret } from "../../crypto/random-secret.ts";

/** With this prefix, browsers accept the cookie only from this host and only over TLS (RFC 6265bis, 4.1.3). */
const COOKIE = "__Host-qonto-pay-connect";

const LIFE_SECONDS = 24 * 60 * 60;

/** A session with which a browser may connect one merchant. */
export interface ConnectSession {
  /** The value of the cookie: `{merchant}.{random}`. */
  readonly value: string;
  /** SHA-256 of the value, in hex, as it is stored. */
  readonly hash: string;
}

/**
 * Returns the browser's session for this merchant; null if it has none. The merchant object decides whether it is
 * valid.
 */
export async function sessionOf(request: Request, merchant: string): Promise<ConnectSession | null> {
  const cookies = (request.headers.get("Cookie") ?? "").split(";").map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? "";
  const [name, random = ""] = value.split(".");
  if (name !== merchant || !/^[A-Za-z0-9_-]{43}$/.test(random)) return null;
  return { value, hash: await digestOf(value) };
}

export async function newSession(merchant: string): Promise<ConnectSession> {
  const value = `${merchant}.${randomSecret()}`;
  return { value, hash: await digestOf(value) };
}

/** Sets the cookie of a session. */
export function keepSession(response: Response, { value }: ConnectSession): Response {
  const cookie = `${COOKIE}=${value}; Max-Age=${LIFE_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  response.headers.append("Set-Cookie", cookie);
  return response;
}
