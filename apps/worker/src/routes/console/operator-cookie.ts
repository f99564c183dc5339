import type { Config } from "../../context/config.ts";
import { digestOf } from "../../crypto/digest.ts";
import { hasChecksum, withChecksum } from "../../crypto/key-checksum.ts";
import { randomSecret } from "../../crypto/random-secret.ts";
import { WHOLE_LIFE_MS } from "../../deployment-object/operator-lifetime.ts";
import { cookieNamed, cookieText } from "./session-cookie.ts";

const NAME = "qonto-pay-operator";

/** Returns a new token for the operator's cookie, and the hash that is stored. */
export async function newOperatorToken(config: Config): Promise<{ readonly token: string; readonly hash: string }> {
  const token = await withChecksum(randomSecret());
  return { token, hash: await hashOf(token, config) };
}

/** Returns the hash of the operator's cookie; null if it is missing or malformed. */
export async function operatorCookieOf(request: Request, config: Config): Promise<string | null> {
  const token = cookieNamed(NAME, request, config);
  if (!/^[A-Za-z0-9_-]{49}$/.test(token) || !(await hasChecksum(token))) return null;
  return hashOf(token, config);
}

/** Sets the operator's cookie. */
export function setOperatorSession(response: Response, token: string, config: Config): Response {
  response.headers.append("Set-Cookie", cookieText(NAME, { value: token, seconds: WHOLE_LIFE_MS / 1000 }, config));
  return response;
}

/** Removes the operator's cookie. */
export function clearOperatorSession(response: Response, config: Config): Response {
  response.headers.append("Set-Cookie", cookieText(NAME, { value: "", seconds: 0 }, config));
  return response;
}

/** The admin key is part of the hash: replacing it ends all sessions of the operator. */
function hashOf(token: string, { adminKey }: Config): Promise<string> {
  return digestOf(JSON.stringify([token, adminKey]));
}
