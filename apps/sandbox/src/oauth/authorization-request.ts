import { isLoopback } from "../http/loopback.ts";
import type { World } from "../world.ts";
import type { Consent } from "./issue-code.ts";
import { CLIENT_ID } from "./oauth-form.ts";
import { CHALLENGE } from "./pkce.ts";
import { isScope } from "./scopes.ts";

/** A valid request for consent. */
export interface AuthorizationRequest extends Consent {
  /** Returned unchanged to the client. */
  readonly state: string | null;
}

/**
 * The result of reading a request: it is valid; or it goes back to the client with an error; or it names no trusted
 * client, so nothing can go back (RFC 6749, 4.1.2.1).
 */
export type ReadAuthorizationRequest =
  | { readonly kind: "good"; readonly request: AuthorizationRequest }
  | { readonly kind: "refused"; readonly location: string }
  | { readonly kind: "untrusted"; readonly reason: string };

/** Reads the query of `/oauth2/auth`. Ignores unknown parameters. */
export function readAuthorizationRequest(world: World, query: URLSearchParams): ReadAuthorizationRequest {
  const untrusted = whyUntrusted(query);
  if (untrusted !== undefined) return { kind: "untrusted", reason: untrusted };
  const request: AuthorizationRequest = {
    redirect_uri: query.get("redirect_uri") ?? "",
    scope: scopesOf(query).join(" "),
    code_challenge: query.get("code_challenge") ?? undefined,
    state: query.get("state"),
  };
  const wrong = whatIsWrong(world, query);
  if (wrong === undefined) return { kind: "good", request };
  const [error, error_description] = wrong;
  return { kind: "refused", location: backToClient(request, { error, error_description }) };
}

/** Returns the client's redirect URI with `outcome` and the client's `state` added to its query. */
export function backToClient(request: AuthorizationRequest, outcome: Readonly<Record<string, string>>): string {
  const { href } = new URL(request.redirect_uri);
  const added = new URLSearchParams(outcome);
  if (request.state !== null) added.set("state", request.state);
  return `${href}${href.includes("?") ? "&" : "?"}${added.toString()}`;
}

function whyUntrusted(query: URLSearchParams): string | undefined {
  const [client, ...otherClients] = query.getAll("client_id");
  if (client !== CLIENT_ID || otherClients.length > 0) return `client_id must be ${CLIENT_ID}, exactly once.`;
  const [redirectUri, ...otherUris] = query.getAll("redirect_uri");
  if (redirectUri === undefined || otherUris.length > 0) return "redirect_uri must be present exactly once.";
  if (!isLoopback(redirectUri) || redirectUri.includes("#")) {
    return "redirect_uri must be an http or https URL on this machine, without a fragment.";
  }
  return undefined;
}

/** Returns the first error: its code of RFC 6749 or RFC 7636, and a description. */
function whatIsWrong(world: World, query: URLSearchParams): readonly [string, string] | undefined {
  const once = ["response_type", "scope", "state", "organization_id", "code_challenge", "code_challenge_method"];
  const repeated = once.find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) return ["invalid_request", `${repeated} must not be repeated.`];
  const responseType = query.get("response_type");
  if (responseType === null) return ["invalid_request", "response_type is missing."];
  if (responseType !== "code") return ["unsupported_response_type", "response_type must be code."];
  const scopes = scopesOf(query);
  if (scopes.length === 0) return ["invalid_scope", "scope is missing."];
  if (!scopes.every(isScope)) return ["invalid_scope", "scope contains an unknown scope."];
  const organizationId = query.get("organization_id");
  if (organizationId !== null && organizationId !== world.store.state.organization.id) {
    return ["invalid_request", "organization_id is not an organization of this user."];
  }
  return whatIsWrongWithChallenge(query);
}

function whatIsWrongWithChallenge(query: URLSearchParams): readonly [string, string] | undefined {
  const challenge = query.get("code_challenge");
  if (challenge === null) return undefined;
  // RFC 7636, 4.3: no method means `plain`, which gives no protection.
  if (query.get("code_challenge_method") !== "S256") return ["invalid_request", "code_challenge_method must be S256."];
  if (!CHALLENGE.test(challenge)) return ["invalid_request", "code_challenge must be a SHA-256 in base64url."];
  return undefined;
}

function scopesOf(query: URLSearchParams): readonly string[] {
  return (query.get("scope") ?? "").split(" ").filter((name) => name !== "");
}
