import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { Route } from "../http/match-route.ts";
import { showConsent, submitConsent } from "../oauth/consent-page.ts";
import { showOnboarding, submitOnboarding } from "../onboarding/onboarding-page.ts";
import { showPayPage } from "../pay-page/show-pay-page.ts";
import { submitCard, submitMethod, submitStatus } from "../pay-page/submit-payment.ts";
import { showSignIn, SIGN_IN_PATH } from "./sign-in-page.ts";
import type { World } from "../world.ts";

/** An HTML page: the shopper's pay page, the merchant's consent, or the merchant's onboarding. */
export interface Page extends Route {
  readonly handle: (world: World, call: Call) => Answer;
}

export const PAGES: readonly Page[] = [
  { method: "GET", path: SIGN_IN_PATH, handle: showSignIn },
  { method: "GET", path: "/oauth2/auth", handle: showConsent },
  { method: "POST", path: "/oauth2/auth", handle: submitConsent },
  { method: "GET", path: "/payment-links/:payId", handle: showPayPage },
  { method: "POST", path: "/payment-links/:payId/card", handle: submitCard },
  { method: "POST", path: "/payment-links/:payId/method", handle: submitMethod },
  { method: "POST", path: "/payment-links/:payId/status", handle: submitStatus },
  { method: "GET", path: "/onboarding/:id", handle: showOnboarding },
  { method: "POST", path: "/onboarding/:id", handle: submitOnboarding },
];
