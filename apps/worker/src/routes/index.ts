import { account } from "./account.ts";
import { auditLog } from "./audit-log.ts";
import { checkouts } from "./checkouts.ts";
import { connection } from "./connection.ts";
import { consoleSessions } from "./console-sessions.ts";
import { deployment } from "./deployment.ts";
import { diagnostics } from "./diagnostics.ts";
import { events } from "./events.ts";
import { exports } from "./export.ts";
import { health } from "./health.ts";
import { keys } from "./keys.ts";
import { merchants } from "./merchants.ts";
import { onboarding } from "./onboarding.ts";
import { operatorSession } from "./operator-session.ts";
import { pay } from "./pay.ts";
import { paymentLinks } from "./payment-links.ts";
import { prices } from "./prices.ts";
import { products } from "./products.ts";
import { qontoWebhooks } from "./qonto-webhooks.ts";
import type { Route } from "./route.ts";
import { statusPages } from "./status-page.ts";
import { webhookEndpoints } from "./webhook-endpoints.ts";

/**
 * Every operation of the Worker, in the order of the reference. Cloudflare serves the static addresses without calling
 * the Worker: `/qonto-pay-button.js` and `.json`, the same for `qonto-pay-status`, `/qonto-pay-button/*`,
 * `/qonto-pay-chunks/*`, `/openapi.json`, `/docs` and `/docs/errors`.
 */
export const ROUTES: readonly Route[] = [
  ...checkouts,
  ...paymentLinks,
  ...connection,
  ...prices,
  ...products,
  ...diagnostics,
  ...events,
  ...exports,
  ...keys,
  ...webhookEndpoints,
  ...consoleSessions,
  ...auditLog,
  ...account,
  ...operatorSession,
  ...deployment,
  ...merchants,
  ...pay,
  ...statusPages,
  ...onboarding,
  ...qontoWebhooks,
  ...health,
];
