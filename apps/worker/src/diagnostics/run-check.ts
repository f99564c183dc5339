import type { DiagnosticsCheck, DiagnosticsCheckName } from "@qonto-pay/core/api";
import { CLIENT_ADVICE, FOREIGN_ADVICE, SHAPE_ADVICE } from "../errors/qonto-remediation.ts";
import { logDefect } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { reconnectAdvice } from "./check-authorization.ts";
import { checkOf, failing, type Finding } from "./check.ts";

/** Ensures that the report is ready within 9 seconds, even if Qonto does not answer. */
const LONGEST_WAIT_MS = 8_500;

/** Runs a check with a timeout. A check that throws or times out is failing. Never throws. */
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
    "The check could not be made. The cause is in this deployment, not at Qonto.",
    "If the deployment's VAULT_KEY was replaced, set VAULT_KEY_BEFORE to the previous key. Otherwise search the deployment's log for the name of this check.",
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
      return `Wait ${retryAfter ?? 60} seconds and run the diagnostics again. If the error returns, look for a loop in the clients of this API.`;
    case "unavailable":
      return "Look at Qonto's status page and run the diagnostics again in a minute. The Worker repeats due jobs automatically.";
    case "misconfigured":
      return CLIENT_ADVICE;
    case "refused":
    case "not_found":
      return "Compare the deployment's QONTO_ settings with the application at Qonto: its client, its scopes, its staging token.";
  }
}
