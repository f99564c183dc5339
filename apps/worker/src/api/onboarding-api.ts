import { Failure } from "../errors/api-error.ts";
import type { Merchant } from "../context/merchant-context.ts";
import { askConsent } from "../connection/start-oauth.ts";
import { connectProvider } from "../connection/submit-business-form.ts";
import { receiveConsent, type ConsentAnswer } from "../connection/finish-oauth.ts";
import { showConnecting } from "../connection/onboarding-step.ts";
import type { BusinessForm } from "../connection/onboarding.ts";

/** What a browser that was let in may have done, step by step. */
const CONNECT_JOURNEYS = {
  showConnecting: (merchant: Merchant, _session: string, _nothing: null) => showConnecting(merchant),
  askConsent: (merchant: Merchant, session: string, _nothing: null) => askConsent(merchant, session),
  receiveConsent: (merchant: Merchant, session: string, answer: ConsentAnswer) =>
    receiveConsent(merchant, session, answer),
  connectProvider: (merchant: Merchant, _session: string, form: BusinessForm) => connectProvider(merchant, form),
} satisfies Record<string, (merchant: Merchant, sessionHash: string, input: never) => unknown>;

export type ConnectJourney = keyof typeof CONNECT_JOURNEYS;
export type ConnectInput<Name extends ConnectJourney> = Parameters<(typeof CONNECT_JOURNEYS)[Name]>[2];
export type ConnectOutput<Name extends ConnectJourney> = Awaited<ReturnType<(typeof CONNECT_JOURNEYS)[Name]>>;

/**
 * Runs a step for the browser that holds a session. This is the one place where a session is looked up.
 *
 * @throws Failure `connect_session_not_valid`, and of the step.
 */
export async function runConnectJourney<Name extends ConnectJourney>(
  merchant: Merchant,
  sessionHash: string,
  name: Name,
  input: ConnectInput<Name>,
): Promise<ConnectOutput<Name>> {
  if (!merchant.connectSessions.has(sessionHash, Date.now())) throw new Failure("connect_session_not_valid");
  const journey = CONNECT_JOURNEYS[name] as (
    merchant: Merchant,
    sessionHash: string,
    input: ConnectInput<Name>,
  ) => Promise<ConnectOutput<Name>>;
  return journey(merchant, sessionHash, input);
}
