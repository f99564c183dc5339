import { isMerchantName } from "@qonto-pay/core/api";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import type { Config } from "../context/config.ts";
import { Failure, type Outcome } from "../errors/api-error.ts";
import type { ConnectInput, ConnectJourney, ConnectOutput } from "../api/onboarding-api.ts";
import { sessionOf } from "./connect-session.ts";
import { readForm } from "./read-form.ts";
import type { RouteContext } from "./route-context.ts";

/**
 * Runs a step of connecting for the browser whose session cookie the request carries.
 *
 * @throws Failure `connect_session_not_valid`, and of the step.
 */
export async function asConnecting<Name extends ConnectJourney>(
  request: Request,
  { env, config }: RouteContext,
  merchant: string,
  journey: Name,
  input: ConnectInput<Name>,
): Promise<ConnectOutput<Name>> {
  const session = await sessionOf(request, merchant);
  if (session === null) throw new Failure("connect_session_not_valid");
  return callMerchant(
    env,
    config,
    merchant,
    (object) => object.takeStep(session.hash, journey, input) as Promise<Outcome<ConnectOutput<Name>>>,
  );
}

/** The merchant whose pages these are. @throws Failure `connect_link_not_valid`, as for one that does not exist. */
export function merchantOfPath({ params }: RouteContext): string {
  const merchant = params["merchant"] ?? "";
  if (!isMerchantName(merchant)) throw new Failure("connect_link_not_valid");
  return merchant;
}

/** What one of our own pages sent. @throws Failure `origin_not_allowed`, `body_too_large`. */
export async function readOwnForm(request: Request, { workerUrl }: Config): Promise<URLSearchParams> {
  if (request.headers.get("Origin") !== workerUrl.origin) throw new Failure("origin_not_allowed");
  return readForm(request);
}
