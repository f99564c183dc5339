import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { Route } from "../http/match-route.ts";
import type { World } from "../world.ts";
import { submitCard, submitMethod, submitStatus } from "./submit-payment.ts";
import { finishOnboarding, showOnboarding } from "./onboarding.ts";
import { showPayPage } from "./show-pay-page.ts";

/** A page for people: the shopper's pay page, or the merchant's onboarding. */
export interface Page extends Route {
  readonly handle: (world: World, call: Call) => Answer;
}

export const PAGES: readonly Page[] = [
  { method: "GET", path: "/pay/:payId", handle: showPayPage },
  { method: "POST", path: "/pay/:payId/card", handle: submitCard },
  { method: "POST", path: "/pay/:payId/method", handle: submitMethod },
  { method: "POST", path: "/pay/:payId/status", handle: submitStatus },
  { method: "GET", path: "/onboarding/:id", handle: showOnboarding },
  { method: "POST", path: "/onboarding/:id", handle: finishOnboarding },
];
