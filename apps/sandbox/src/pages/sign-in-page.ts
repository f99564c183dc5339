import type { Answer } from "../http/answer.ts";
import { pageAnswer } from "./layout.ts";
import { messageView } from "./message-view.ts";

/** The redirect target of a request without a staging token. */
export const SIGN_IN_PATH = "/sign-in";

/** Returns the sign-in page of Qonto's sandbox. It replaces any answer, with status 200. */
export function showSignIn(): Answer {
  const text = "Qonto's sandbox only accepts requests with a valid X-Qonto-Staging-Token.";
  return pageAnswer(200, "Sign in", messageView({ title: "Sign in", text, mood: "bad" }));
}
