import { authorizationProblemOf, rejectionRetryAt } from "../connection/authorization-state.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { failing, type Finding, isoOf, ok, warning } from "./check.ts";
import { FOREIGN_ADVICE, CLIENT_ADVICE } from "../errors/qonto-remediation.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The lifetime of an unused refresh token at Qonto. */
const LIFE_DAYS = 90;

/** Checks whether the merchant's consent is valid, and reports the days since its last renewal. */
export function checkAuthorization(merchant: MerchantContext): Finding<"consent"> {
  const consent = merchant.settings.read("consent");
  if (consent === null) {
    const measured = { given_at: null, refreshed_at: null, days_since_refresh: null, needs_reconnect: null };
    return failing("The merchant has not connected Qonto, or was disconnected.", reconnectAdvice(merchant), measured);
  }
  const now = Date.now();
  const days = Math.floor((now - consent.refreshedAt) / DAY_MS);
  const problem = authorizationProblemOf(merchant.settings, now);
  const measured = {
    given_at: isoOf(consent.givenAt),
    refreshed_at: isoOf(consent.refreshedAt),
    days_since_refresh: days,
    needs_reconnect: problem,
  };
  switch (problem) {
    case null:
      return ok(`The consent is valid. Its refresh token was replaced ${days} days ago.`, measured);
    case "revoked":
      return failing("Qonto no longer accepts the merchant's consent.", reconnectAdvice(merchant), measured);
    case "rejected": {
      const advice = `${reconnectAdvice(merchant)} The Worker tries again at ${isoOf(rejectionRetryAt(merchant.settings))}: if Qonto accepts a token then, nothing has to be done.`;
      return failing(
        "Qonto rejects the merchant's access tokens, including those that it has just issued.",
        advice,
        measured,
      );
    }
    case "expiring": {
      const left = Math.max(0, LIFE_DAYS - days);
      const message = `The consent could not be renewed for ${days} days. It ends in ${left} days.`;
      return warning(message, reconnectAdvice(merchant), measured);
    }
  }
}

/** Returns how the merchant can consent again. */
export function reconnectAdvice(merchant: MerchantContext): string {
  return `${connectLinkAdvice(merchant)} The merchant opens its connect_url and consents.`;
}

/** Returns how to get a new connect link. A link can be used once. */
export function connectLinkAdvice({ config, name }: MerchantContext): string {
  const url = new URL(`/v1/merchants/${name}/connect_link`, config.workerUrl).href;
  return `The operator sends POST ${url} with the admin key for a new connect link.`;
}

/** The Worker tries another client id or secret with its next call, and the same one only at `retry_at`. */
const AFTERWARDS =
  "If nothing had to be changed, send POST /v1/diagnostics/repair: the Worker then does not wait for retry_at.";

/**
 * Checks whether Qonto's OAuth accepts this deployment, from stored state. Sends no request, because each rejection
 * counts against Qonto's limit of 401s.
 */
export function checkOAuthClient({ settings }: MerchantContext): Finding<"oauth_client"> {
  const outage = settings.read("authorization_outage");
  if (outage === null) {
    const measured = { problem: null, since: null, retry_at: null };
    return ok("No problem is known with this deployment's client at Qonto.", measured);
  }
  const { reason, since, retryAt } = outage;
  const measured = { problem: reason, since: isoOf(since), retry_at: isoOf(retryAt) };
  if (reason === "invalid_client") {
    return failing("Qonto rejects this deployment's client id or secret.", `${CLIENT_ADVICE} ${AFTERWARDS}`, measured);
  }
  return failing("The answer in the place of Qonto's OAuth is a redirect or is not JSON.", FOREIGN_ADVICE, measured);
}
