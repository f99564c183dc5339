import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { Route } from "../http/match-route.ts";
import { createAuthorization } from "../oauth/create-authorization.ts";
import { endConsents } from "../oauth/end-consents.ts";
import type { World } from "../world.ts";
import { getBehaviour, setBehaviour } from "./control-behaviour.ts";
import { setIdempotency, setPaymentLinkLife, setShapes } from "./control-answers.ts";
import { addFault, clearFaults } from "./control-faults.ts";
import { clearJournal, readJournal } from "./control-journal.ts";
import { payWithoutBrowser } from "./pay-without-browser.ts";
import { setRateLimits } from "./control-rate-limits.ts";
import { getSubscriptions, releaseWebhooks, setWebhookMode } from "./control-webhooks.ts";
import {
  reset,
  restoreSnapshot,
  setClock,
  setConnection,
  setPaymentMethods,
  setRoundingPolicy,
  takeSnapshot,
} from "./control-state.ts";

/** A control of the sandbox. Qonto has no such endpoint, and the journal does not record it. */
export interface Control extends Route {
  readonly handle: (world: World, call: Call) => Answer | Promise<Answer>;
}

/** All controls. The README of this package describes their requests and answers. */
export const CONTROLS: readonly Control[] = [
  { method: "POST", path: "/_sandbox/authorizations", handle: createAuthorization },
  { method: "POST", path: "/_sandbox/revoke", handle: endConsents },
  { method: "POST", path: "/_sandbox/payment_links/:id/payments", handle: payWithoutBrowser },
  { method: "POST", path: "/_sandbox/faults", handle: addFault },
  { method: "DELETE", path: "/_sandbox/faults", handle: clearFaults },
  { method: "GET", path: "/_sandbox/journal", handle: readJournal },
  { method: "DELETE", path: "/_sandbox/journal", handle: clearJournal },
  { method: "PUT", path: "/_sandbox/webhooks", handle: setWebhookMode },
  { method: "GET", path: "/_sandbox/webhook_subscriptions", handle: getSubscriptions },
  { method: "POST", path: "/_sandbox/webhooks/release", handle: releaseWebhooks },
  { method: "POST", path: "/_sandbox/clock", handle: setClock },
  { method: "POST", path: "/_sandbox/reset", handle: reset },
  { method: "POST", path: "/_sandbox/snapshot", handle: takeSnapshot },
  { method: "POST", path: "/_sandbox/snapshot/restore", handle: restoreSnapshot },
  { method: "PUT", path: "/_sandbox/rate_limits", handle: setRateLimits },
  { method: "PUT", path: "/_sandbox/rounding_policy", handle: setRoundingPolicy },
  { method: "GET", path: "/_sandbox/behaviour", handle: getBehaviour },
  { method: "PUT", path: "/_sandbox/behaviour", handle: setBehaviour },
  { method: "PUT", path: "/_sandbox/idempotency", handle: setIdempotency },
  { method: "PUT", path: "/_sandbox/shapes", handle: setShapes },
  { method: "PUT", path: "/_sandbox/payment_link_life", handle: setPaymentLinkLife },
  { method: "PUT", path: "/_sandbox/connection", handle: setConnection },
  { method: "PUT", path: "/_sandbox/payment_methods", handle: setPaymentMethods },
];
