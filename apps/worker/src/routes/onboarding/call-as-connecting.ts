import { isMerchantName } from "@qonto-pay/core/api";
import { callMerchant } from "../../merchant-object/call-merchant.ts";
import type { Config } from "../../context/config.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { OnboardingInput, OnboardingOperation, OnboardingOutput } from "../../api/onboarding-api.ts";
import { sessionOf } from "./connect-session.ts";
import { readForm } from "../request/read-form.ts";
import type { RouteContext } from "../request/route-context.ts";

/**
 * Runs a step of connecting for the browser whose session cookie the request carries.
 *
 * @throws ApiError `invalid_connect_session`, and of the step.
 */
export async function callAsConnecting<Name extends OnboardingOperation>(
  request: Request,
  { env, config }: RouteContext,
  merchant: string,
  journey: Name,
  input: OnboardingInput<Name>,
): Promise<OnboardingOutput<Name>> {
  const session = await sessionOf(request, merchant);
  if (session === null) throw new ApiError("invalid_connect_session");
  return callMerchant(env, config, merchant, (object) => object.takeStep(session.hash, journey, input));
}

/** The merchant whose pages these are. @throws ApiError `invalid_connect_link`, as for one that does not exist. */
export function merchantOfPath({ params }: RouteContext): string {
  const merchant = params["merchant"] ?? "";
  if (!isMerchantName(merchant)) throw new ApiError("invalid_connect_link");
  return merchant;
}

/** What one of our own pages sent. @throws ApiError `origin_not_allowed`, `body_too_large`. */
export async function readOwnForm(request: Request, { workerUrl }: Config): Promise<URLSearchParams> {
  if (request.headers.get("Origin") !== workerUrl.origin) throw new ApiError("origin_not_allowed");
  return readForm(request);
}
