import { env } from "cloudflare:test";

/** Controls of the sandbox, and the calls that it received. */
export const sandboxUrl = (env as unknown as { QONTO_API_URL: string }).QONTO_API_URL;

export interface JournalEntry {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null until the call is answered, and for a dropped connection. */
  readonly status: number | null;
  readonly body: unknown;
}

export interface SandboxLink {
  readonly id: string;
  readonly status: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly items: readonly { readonly title: string; readonly description?: string }[];
  readonly url: string;
}

export interface SandboxSubscription {
  readonly id: string;
  readonly callback_url: string;
  readonly types: readonly string[];
  readonly secret: string;
}

/** Calls a control of the sandbox. @throws Error if the sandbox rejects it. */
export async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandboxUrl}/_sandbox/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/**
 * Makes new links expire at Qonto after this time, as documented, regardless of the behaviour under test. In
 * production, no link was observed to expire. Lasts until the sandbox is reset.
 */
export async function letLinksExpireAfter(seconds: number): Promise<void> {
  await control("PUT", "behaviour", { expiration_date: "real" });
  await control("PUT", "payment_link_life", { seconds });
}

/** Makes an operation of Qonto fail, once unless `times` differs. */
export function breakOperation(operation: string, fault: Record<string, unknown>): Promise<unknown> {
  return control("POST", "faults", { operation, ...fault });
}

/** Returns the calls of an operation at Qonto, oldest first. */
export async function callsOf(operation: string): Promise<readonly JournalEntry[]> {
  return (await callsToQonto()).filter((request) => request.operation === operation);
}

/** Returns all calls to Qonto, oldest first. */
export async function callsToQonto(): Promise<readonly JournalEntry[]> {
  const { requests } = (await control("GET", "journal")) as { requests: readonly JournalEntry[] };
  return requests;
}

/** Returns an authorization code of a new consent. */
export async function consent(redirectUri: string): Promise<string> {
  const scope = "offline_access organization.read payment_link.read payment_link.write webhook";
  const { code } = (await control("POST", "authorizations", { redirect_uri: redirectUri, scope })) as { code: string };
  return code;
}

/** Returns every link at Qonto, read with the test's own consent, so that the Worker's tokens stay unchanged. */
export async function linksAtQonto(): Promise<readonly SandboxLink[]> {
  const { payment_links } = (await askQonto("/v2/payment_links?per_page=100")) as {
    payment_links: readonly SandboxLink[];
  };
  return payment_links;
}

/** Returns the secret with which Qonto signs a merchant's webhooks: that of the newest subscription. */
export async function webhookSecret(merchant = "demo"): Promise<string> {
  const found = await webhookSubscriptions();
  const secret = found.findLast(({ callback_url }) => callback_url.endsWith(`/webhooks/qonto/${merchant}`))?.secret;
  if (secret === undefined) throw new Error("the Worker has no subscription");
  return secret;
}

/** Returns every webhook subscription at Qonto, oldest first, with the secret that Qonto's API does not return. */
export async function webhookSubscriptions(): Promise<readonly SandboxSubscription[]> {
  const { subscriptions } = (await control("GET", "webhook_subscriptions")) as {
    subscriptions: readonly SandboxSubscription[];
  };
  return subscriptions;
}

interface QontoCall {
  readonly method?: string;
  readonly body?: unknown;
}

/** Calls Qonto's API with the test's own consent, so that the Worker's tokens stay unchanged. */
export async function askQonto(path: string, init: QontoCall = {}): Promise<unknown> {
  return (await qontoSession())(path, init);
}

/** Returns a function that calls Qonto's API any number of times, with one consent of the test. */
export async function qontoSession(): Promise<(path: string, init?: QontoCall) => Promise<unknown>> {
  const redirectUri = "http://localhost/callback";
  const token = await fetch(`${sandboxUrl}/oauth2/token`, {
    method: "POST",
    headers: { "X-Qonto-Staging-Token": "sandbox-staging-token" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: "sandbox-client",
      client_secret: "sandbox-secret",
      code: await consent(redirectUri),
      redirect_uri: redirectUri,
    }),
  });
  const { access_token } = await token.json<{ access_token: string }>();
  return async (path, init = {}) => {
    const answer = await fetch(`${sandboxUrl}${path}`, {
      method: init.method ?? "GET",
      headers: { Authorization: `Bearer ${access_token}`, "X-Qonto-Staging-Token": "sandbox-staging-token" },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    return answer.status === 204 ? null : answer.json();
  };
}
