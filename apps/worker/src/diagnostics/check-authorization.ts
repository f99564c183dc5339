import { consentProblemOf } from "../connection/authorization-state.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { failing, type Finding, isoOf, ok, warning } from "./check.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a refresh token that nobody uses lives at Qonto. */
const LIFE_DAYS = 90;

/** Whether the merchant's consent holds, and for how long it has not been renewed. */
export function checkAuthorization(merchant: MerchantContext): Finding<"consent"> {
  const consent = merchant.settings.read("consent");
  if (consent === null) {
    const measured = { given_at: null, refreshed_at: null, days_since_refresh: null, needs_reconnect: null };
    return failing("The merchant has not connected Qonto, or was disconnected.", reconnectAdvice(merchant), measured);
  }
  const now = Date.now();
  const days = Math.floor((now - consent.refreshedAt) / DAY_MS);
  const problem = consentProblemOf(consent, now);
  const measured = {
    given_at: isoOf(consent.givenAt),
    refreshed_at: isoOf(consent.refreshedAt),
    days_since_refresh: days,
    needs_reconnect: problem,
  };
  switch (problem) {
    case null:
      return ok(`The consent holds; its refresh token was replaced ${days} days ago.`, measured);
    case "revoked":
      return failing("Qonto takes the merchant's consent no more.", reconnectAdvice(merchant), measured);
    case "expiring": {
      const left = Math.max(0, LIFE_DAYS - days);
      const message = `The consent could not be renewed for ${days} days and ends in ${left}.`;
      return warning(message, reconnectAdvice(merchant), measured);
    }
  }
}

/** How the merchant gets to consent again. */
export function reconnectAdvice({ config, name }: MerchantContext): string {
  const url = new URL(`/v1/merchants/${name}/connect_link`, config.workerUrl).href;
  return `Whoever runs the deployment asks POST ${url} with the admin key for a new connect link; the merchant opens its connect_url and consents.`;
}
