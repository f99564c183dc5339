import type { Environment } from "../merchant/keys.ts";
import type { Page } from "../values/page.ts";

/** The header that every request of the console sends. A page of another origin can't send it without CORS. */
export const CONSOLE_HEADER = "Qonto-Pay-Console";

/** A viewer only reads. An owner may also change everything. */
export type ConsoleRole = "owner" | "viewer";

/** A browser that is signed in to a merchant's console. Times are ISO 8601. */
export interface ConsoleSessionInfo {
  readonly id: string;
  readonly role: ConsoleRole;
  readonly signed_in_with: "secret_key" | "link";
  /** The person or the purpose that the link was created for; null without a link. */
  readonly name: string | null;
  /** The secret key of the sign-in, or the one with which its link was created. Revoking it ends the session. */
  readonly secret_key: { readonly id: string; readonly ends_with: string } | null;
  readonly signed_in_at: string;
  /** Accurate to 5 minutes. */
  readonly last_used_at: string;
  /** When the session ends, unless it is used again before. */
  readonly expires_at: string;
  /** Whether the request was sent with this session. */
  readonly current: boolean;
}

/** Response of signing in, and of `GET /v1/console/session`. */
export interface ConsoleSession extends ConsoleSessionInfo {
  readonly merchant: string;
  /** Name of the merchant's organization at Qonto; null while it is not connected. */
  readonly organization: string | null;
  readonly environment: Environment;
  /** Whether the session may make calls that need a recent sign-in, and until when. */
  readonly fresh: boolean;
  readonly fresh_until: string;
}

/** Response of `GET /v1/console/sessions`, the latest sign-in first. */
export type ConsoleSessionPage = Page<ConsoleSessionInfo>;

/** Body of `POST /v1/console/session`. */
export type SignInRequest = { readonly secret_key: string } | { readonly link_token: string };
