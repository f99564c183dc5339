import { digestOf } from "../../crypto/digest.ts";
import { randomSecret } from "../../crypto/random-secret.ts";

/** The prefix has browsers take it from this very host alone, and over TLS alone (RFC 6265bis, 4.1.3). */
const COOKIE = "__Host-qonto-pay-connect";

const LIFE_SECONDS = 24 * 60 * 60;

/** What lets a browser connect one merchant. */
export interface ConnectSession {
  /** What the cookie holds: `{merchant}.{random}`. */
  readonly value: string;
  /** SHA-256 of it, in hex: what is stored. */
  readonly hash: string;
}

/** The session that a browser has for this merchant; null: it has none. Whether it is good is for the object to tell. */
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

/** Has the browser keep a session. */
export function keepSession(response: Response, { value }: ConnectSession): Response {
  const cookie = `${COOKIE}=${value}; Max-Age=${LIFE_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  response.headers.append("Set-Cookie", cookie);
  return response;
}
