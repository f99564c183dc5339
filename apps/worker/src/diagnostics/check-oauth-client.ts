import { FOREIGN_ADVICE, CLIENT_ADVICE } from "../errors/oauth-remediation.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { failing, type Finding, isoOf, ok } from "./check.ts";

/** Whether Qonto's OAuth accepts this deployment. It does not ask: each rejection counts against Qonto's limit of 401s. */
export function checkOAuthClient({ settings }: MerchantContext): Finding<"oauth_client"> {
  const outage = settings.read("authorization_outage");
  if (outage === null) {
    const measured = { problem: null, since: null, retry_at: null };
    return ok("No problem is known with this deployment's client at Qonto.", measured);
  }
  const { reason, since, retryAt } = outage;
  const measured = { problem: reason, since: isoOf(since), retry_at: isoOf(retryAt) };
  if (reason === "invalid_client") {
    return failing("Qonto rejects this deployment's client id or secret.", CLIENT_ADVICE, measured);
  }
  return failing("The answer in the place of Qonto's OAuth is a redirect or is not JSON.", FOREIGN_ADVICE, measured);
}
