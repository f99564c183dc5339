import { type ConsoleSession, type Environment, SIGN_IN_FRAGMENT, type SignInRequest } from "@qonto-pay/core/api";
import { requestOnce } from "./request.ts";
import { RequestError } from "./request-error.ts";

/** A mark that this browser had a session. It saves the first request, and its error, of a browser that had none. */
const MARK = "qonto-pay-console-session";
const PATH = "console/session";

/** Returns the session of this browser; null if the user must sign in. */
export async function findSession(): Promise<ConsoleSession | null> {
  if (localStorage.getItem(MARK) === null) return null;
  try {
    return await requestOnce<ConsoleSession>("GET", PATH);
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== "invalid_console_session") throw error;
    localStorage.removeItem(MARK);
    return null;
  }
}

/** @throws RequestError, such as `invalid_key`. */
export async function signIn(credential: SignInRequest): Promise<ConsoleSession> {
  const session = await requestOnce<ConsoleSession>("POST", PATH, credential);
  localStorage.setItem(MARK, "1");
  return session;
}

/** Ends the session at the Worker, and removes its cookie. */
export async function signOut(): Promise<void> {
  await requestOnce<undefined>("DELETE", PATH);
  localStorage.removeItem(MARK);
}

/** Returns the token of a sign-in link and removes it from the address and the history; null without one. */
export function takeLinkToken(): string | null {
  const { hash } = location;
  if (!hash.startsWith(SIGN_IN_FRAGMENT)) return null;
  history.replaceState(null, "", location.pathname);
  return hash.slice(SIGN_IN_FRAGMENT.length);
}

/** Returns whether this deployment takes test or real payments, for pages without a session; null if it is unknown. */
export async function findEnvironment(): Promise<Environment | null> {
  try {
    const response = await fetch("/health");
    return ((await response.json()) as { readonly environment: Environment }).environment;
  } catch {
    return null;
  }
}
