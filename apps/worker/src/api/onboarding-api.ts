import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { startOAuth } from "../connection/start-oauth.ts";
import { submitBusinessForm } from "../connection/submit-business-form.ts";
import { finishOAuth, type ConsentAnswer } from "../connection/finish-oauth.ts";
import { onboardingStep } from "../connection/onboarding-step.ts";
import type { BusinessForm } from "../connection/onboarding.ts";

/** Steps of the onboarding, for a browser with a session. */
const ONBOARDING_OPERATIONS = {
  showConnecting: (merchant: MerchantContext, _session: string, _nothing: null) => onboardingStep(merchant),
  askConsent: (merchant: MerchantContext, session: string, _nothing: null) => startOAuth(merchant, session),
  receiveConsent: (merchant: MerchantContext, session: string, answer: ConsentAnswer) =>
    finishOAuth(merchant, session, answer),
  connectProvider: (merchant: MerchantContext, _session: string, form: BusinessForm) =>
    submitBusinessForm(merchant, form),
} satisfies Record<string, (merchant: MerchantContext, sessionHash: string, input: never) => unknown>;

export type OnboardingOperation = keyof typeof ONBOARDING_OPERATIONS;
export type OnboardingInput<Name extends OnboardingOperation> = Parameters<(typeof ONBOARDING_OPERATIONS)[Name]>[2];
export type OnboardingOutput<Name extends OnboardingOperation> = Awaited<
  ReturnType<(typeof ONBOARDING_OPERATIONS)[Name]>
>;

/** The same table with a type that TypeScript can index by `Name`: each operation takes its own input. */
const OPERATIONS: {
  readonly [Name in OnboardingOperation]: (
    merchant: MerchantContext,
    sessionHash: string,
    input: OnboardingInput<Name>,
  ) => Promise<OnboardingOutput<Name>>;
} = ONBOARDING_OPERATIONS;

/**
 * Runs a step for the browser that holds a session. Sessions are looked up only here.
 *
 * @throws ApiError `invalid_connect_session`, and the errors of the step.
 */
export async function runOnboardingOperation<Name extends OnboardingOperation>(
  merchant: MerchantContext,
  sessionHash: string,
  name: Name,
  input: OnboardingInput<Name>,
): Promise<OnboardingOutput<Name>> {
  if (!merchant.connectSessions.has(sessionHash, Date.now())) throw new ApiError("invalid_connect_session");
  return OPERATIONS[name](merchant, sessionHash, input);
}
