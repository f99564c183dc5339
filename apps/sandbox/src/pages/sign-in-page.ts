import type { Answer } from "../http/answer.ts";
import { pageAnswer } from "./layout.ts";
import { messageView } from "./message-view.ts";

/** Where a request without a staging token is redirected to. */
export const SIGN_IN_PATH = "/sign-in";

/** The sign-in page that stands before Qonto's sandbox: it comes instead of any answer, and is no error by its status. */
export function showSignIn(): Answer {
  const text = "Qonto's sandbox lets requests through that carry a valid X-Qonto-Staging-Token.";
  return pageAnswer(200, "Sign in", messageView({ title: "Sign in", text, mood: "bad" }));
}
