import { setTimeout as sleep } from "node:timers/promises";
import { type BehaviourName, startSandbox } from "@qonto-pay/sandbox";
import { recordOf } from "./answer.ts";
import { EventListener } from "./event-listener.ts";
import type { TokenAnswer } from "./qonto-api.ts";
import type { Target } from "./target.ts";

const REDIRECT_URI = "http://localhost/callback";
const SCOPES = "offline_access organization.read payment_link.read payment_link.write webhook";

/** The longest time until an event on this machine arrives. */
const LOCAL_EVENT_MS = 250;

export interface PlayedQonto {
  readonly target: Target;
  readonly tokens: TokenAnswer;
  close(): Promise<void>;
}

/** Starts a sandbox with one behaviour. It allows every step, and payments are made through its controls. */
export async function playQonto(behaviour: BehaviourName): Promise<PlayedQonto> {
  const sandbox = await startSandbox({ port: 0, behaviour });
  const events = await EventListener.start(0, null);
  const control = async (method: string, path: string, body: object): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/${path}`, { method, body: JSON.stringify(body) });
  const target: Target = {
    apiUrl: sandbox.url,
    oauthUrl: sandbox.url,
    clientId: "sandbox-client",
    clientSecret: "sandbox-secret",
    stagingToken: "sandbox-staging-token",
    isProduction: false,
    person: {
      pay: async ({ id }, status) => {
        const answer = await control("POST", `payment_links/${id}/payments`, { status });
        if (answer.ok) return true;
        // The sandbox must be forced: the shopper's page was open before the link was deactivated.
        return (await control("POST", `payment_links/${id}/payments`, { status, force: true })).ok;
      },
      choose: async () => null,
    },
    events,
    pauseMs: 0,
    watch: { forMs: 30_000, everyMs: 10_000 },
    allows: { revoke: true, flood: true, connect: true },
    invoice: null,
    wait: async (milliseconds) => {
      await sleep(Math.min(milliseconds, LOCAL_EVENT_MS));
      await control("POST", "clock", { advance_seconds: milliseconds / 1000 });
    },
  };
  return {
    target,
    tokens: await consentByControl(target, control),
    close: async () => {
      await Promise.all([sandbox.close(), events.close()]);
    },
  };
}

async function consentByControl(
  { oauthUrl, clientId, clientSecret, stagingToken }: Target,
  control: (method: string, path: string, body: object) => Promise<Response>,
): Promise<TokenAnswer> {
  const given = await control("POST", "authorizations", { redirect_uri: REDIRECT_URI, scope: SCOPES });
  const code = String(recordOf(await given.json())["code"]);
  const answer = await fetch(`${oauthUrl}/oauth2/token`, {
    method: "POST",
    headers: { "X-Qonto-Staging-Token": stagingToken ?? "" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: REDIRECT_URI,
    }),
  });
  return (await answer.json()) as TokenAnswer;
}
