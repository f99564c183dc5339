import { isMerchantName } from "@qonto-pay/core/api";
import { callMerchant } from "../../merchant-object/call-merchant.ts";
import type { Config } from "../../context/config.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { OnboardingInput, OnboardingOperation, OnboardingOutput } from "../../api/onboarding-api.ts";
import { sessionOf } from "./connect-session.ts";
import { readForm } from "../request/read-form.ts";
import type { RouteContext } from "../request/route-context.ts";

/**
 * Runs an onboarding step for the browser whose session cookie the request carries.
 *
 * @throws ApiError `invalid_connect_session`, and those of the step.
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

/**
 * Returns the merchant in the path. @throws ApiError `invalid_connect_link` for a malformed name, as for an unknown
 * one.
 */
export function merchantOfPath({ params }: RouteContext): string {
  const merchant = params["merchant"] ?? "";
  if (!isMerchantName(merchant)) throw new ApiError("invalid_connect_link");
  return merchant;
}

/** Reads a form of the Worker's own pages. @throws ApiError `origin_not_allowed`, `body_too_large`. */
export async function readOwnForm(request: Request, { workerUrl }: Config): Promise<URLSearchParams> {
  if (request.headers.get("Origin") !== workerUrl.origin) throw new ApiError("origin_not_allowed");
  return readForm(request);
}
