import type { DiagnosticsCheck, DiagnosticsCheckName } from "@qonto-pay/core/api";
import { CLIENT_ADVICE, FOREIGN_ADVICE, SHAPE_ADVICE } from "../errors/qonto-remediation.ts";
import { logDefect } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { reconnectAdvice } from "./check-authorization.ts";
import { checkOf, failing, type Finding } from "./check.ts";

/** The answer is there within 9 seconds whatever Qonto does. */
const LONGEST_WAIT_MS = 8_500;

/** Makes a check, for as long as there is time. One that can't be made is failing. Never throws. */
export async function runCheck<Name extends DiagnosticsCheckName>(
  merchant: MerchantContext,
  name: Name,
  check: (merchant: MerchantContext) => Finding<Name> | Promise<Finding<Name>>,
): Promise<DiagnosticsCheck> {
  let timer: number | null = null;
  const silence = new Promise<never>((_resolve, reject) => {
    const fault = new QontoError("unavailable", `Qonto gave no answer within ${LONGEST_WAIT_MS / 1000} seconds`);
    timer = setTimeout(() => reject(fault), LONGEST_WAIT_MS);
  });
  try {
    return checkOf(name, await Promise.race([check(merchant), silence]));
  } catch (error) {
    return checkOf(name, findingOf(merchant, name, error));
  } finally {
    clearTimeout(timer);
  }
}

function findingOf<Name extends DiagnosticsCheckName>(
  merchant: MerchantContext,
  name: Name,
  error: unknown,
): Finding<Name> {
  if (error instanceof QontoError) return failing(`${error.message}.`, remediationOf(merchant, error));
  logDefect(`diagnostics check ${name}`, error);
  return failing(
    "The check could not be made, for a reason that is not Qonto's.",
    "If VAULT_KEY of the deployment was replaced, the one before it belongs into VAULT_KEY_BEFORE. Otherwise look into the deployment's log for this check's name.",
  );
}

function remediationOf(merchant: MerchantContext, { kind, retryAfter, isForeign, isUnknownShape }: QontoError): string {
  if (isForeign) return FOREIGN_ADVICE;
  if (isUnknownShape) return SHAPE_ADVICE;
  switch (kind) {
    case "not_connected":
    case "unauthorized":
      return reconnectAdvice(merchant);
    case "rate_limited":
      return `Wait ${retryAfter ?? 60} seconds and ask again. If it comes back, look for a loop in what calls this API.`;
    case "unavailable":
      return "Look at Qonto's status page and ask again in a minute. What is due is tried again by itself.";
    case "misconfigured":
      return CLIENT_ADVICE;
    case "refused":
    case "not_found":
      return "Compare the deployment's QONTO_ settings with the application at Qonto: its client, its scopes, its staging token.";
  }
}
