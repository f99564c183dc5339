import type { Page } from "../values/page.ts";
import type { ConsoleRole } from "./console-session.ts";

/** The part of a sign-in link's address before its token. Browsers send no server what follows the `#`. */
export const SIGN_IN_FRAGMENT = "#sign-in=";

/** Body of `POST /v1/console/sign_in_links`. */
export interface CreateSignInLinkRequest {
  readonly role: ConsoleRole;
  /** The person or the purpose, as the list of sessions shows it. */
  readonly name: string;
  /** Seconds; 900 by default. */
  readonly expires_in?: number | undefined;
}

/** A link that was not used yet. Times are ISO 8601. */
export interface SignInLinkInfo {
  readonly id: string;
  readonly role: ConsoleRole;
  readonly name: string;
  readonly created_at: string;
  readonly expires_at: string;
}

/** Response of `POST /v1/console/sign_in_links`, the only one that contains the link itself. */
export interface SignInLink extends SignInLinkInfo {
  readonly url: string;
}

/** Response of `GET /v1/console/sign_in_links`, the latest first. */
export type SignInLinkPage = Page<SignInLinkInfo>;
