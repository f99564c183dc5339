import type { Probe } from "./probe.ts";
import * as links from "./probes/links.ts";
import * as oauth from "./probes/oauth.ts";
import * as payments from "./probes/watch-payment.ts";
import * as webhooks from "./probes/webhooks.ts";

/**
 * All probes, numbered as in the field notes of 2026-11-29. Probes that only read come first. Probes that may end the
 * consent come last, because the others need it.
 */
export const PROBES: readonly Probe[] = [
  { number: 3, title: "Staging token", inProduction: false, run: oauth.leaveStagingOut },
  { number: 8, title: "Feature and connection", inProduction: true, run: links.readStanding },
  { number: 13, title: "Connection to the provider", inProduction: true, run: webhooks.readConnection },
  { number: 16, title: "Payment methods by amount", inProduction: true, run: links.readMethods },
  { number: 2, title: "Life of a link", inProduction: true, run: links.liveOnce },
  { number: 12, title: "Filters of lists", inProduction: true, run: links.filterLists },
  { number: 6, title: "Rounding", inProduction: false, run: links.round },
  { number: 7, title: "Idempotency key", inProduction: false, run: links.repeatCreate },
  { number: 11, title: "Links for invoices", inProduction: false, run: links.payInvoice },
  { number: 17, title: "Limits of texts and numbers", inProduction: false, run: links.tryLimits },
  { number: 5, title: "Webhook secret", inProduction: false, run: webhooks.changeSecret },
  { number: 4, title: "Way back from the pay page", inProduction: false, run: links.askWayBack },
  { number: 1, title: "A link that is paid", inProduction: false, run: payments.payOnce },
  { number: 10, title: "Reusable link paid twice", inProduction: false, run: payments.payTwice },
  { number: 9, title: "Payment on a deactivated link", inProduction: false, run: payments.payDeactivated },
  { number: 18, title: "Retry-After", inProduction: false, run: links.flood },
  { number: 14, title: "Refresh token and client secret", inProduction: false, run: oauth.refreshTwice },
  { number: 15, title: "Revocation", inProduction: false, run: oauth.revoke },
];
