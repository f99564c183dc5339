import { type IRequest, Router } from "itty-router";
import { type Config, ConfigError, readConfig } from "./context/config.ts";
import type { Env } from "./context/env.ts";
import { ApiError, placeOf } from "./errors/api-error.ts";
import { errorResponse } from "./http/json-response.ts";
import { allowReading, answerPreflight } from "./http/cors.ts";
import { logRequest } from "./context/log.ts";
import { problemResponse, type ProblemContext } from "./routes/onboarding/problem-response.ts";
import { shopperProblemResponse } from "./routes/pay/shopper-problem-response.ts";
import { getConnect, getStep, postBusiness, postConnect, postConsent } from "./routes/onboarding.ts";
import { getConnection, getPaymentMethods, postConnection } from "./routes/connection.ts";
import { getDeploymentDiagnostics } from "./routes/deployment.ts";
import { getDiagnostics, postRepair } from "./routes/diagnostics.ts";
import { getEvents } from "./routes/events.ts";
import { getHealth } from "./routes/health.ts";
import { getStatus } from "./routes/get-status.ts";
import { getStatusPage } from "./routes/status-page.ts";
import { patchMerchant, postConnectLink, postDisconnect, postMerchant, postReplaceKeys } from "./routes/merchants.ts";
import { getOAuthCallback } from "./routes/oauth-callback.ts";
import { getPay, postPay } from "./routes/pay.ts";
import { postCheckout } from "./routes/post-checkout.ts";
import { postPrice } from "./routes/prices.ts";
import { deleteKey, getKeys, postKey } from "./routes/keys.ts";
import {
  getPaymentLink,
  getPaymentLinks,
  getPayments,
  patchDeactivate,
  postPaymentLink,
} from "./routes/payment-links.ts";
import { postWebhook } from "./routes/qonto-webhooks.ts";
import { deleteProduct, getProduct, getProducts, patchProduct, putProduct } from "./routes/products.ts";
import type { RouteContext } from "./routes/request/route-context.ts";
import {
  getCheckout,
  getCheckoutPayments,
  getCheckouts,
  patchCheckout,
  postCancel,
  postSync,
} from "./routes/checkouts.ts";
import {
  deleteWebhookEndpoint,
  getDeliveries,
  getWebhookEndpoint,
  getWebhookEndpoints,
  patchWebhookEndpoint,
  postReplay,
  postReplayDelivery,
  postRotateSecret,
  postWebhookEndpoint,
} from "./routes/webhook-endpoints.ts";
import { randomId } from "./crypto/random-id.ts";

type Handler = (request: Request, context: RouteContext) => Response | Promise<Response>;

type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

export interface Route {
  readonly path: string;
  readonly handlers: Readonly<Partial<Record<Method, Handler>>>;
  /** Whether a page of another origin may call it. */
  readonly isForBrowsers: boolean;
  /** A page for people: how its problems are answered, which are pages, too. */
  readonly asPage?: (
    request: Request,
    failure: ApiError,
    requestId: string,
    context: ProblemContext,
  ) => Promise<Response>;
  /** Its GET changes nothing for whoever only looks, so HEAD may be answered by it. */
  readonly takesHead?: true;
}

/**
 * Every address of the Worker but the static ones, which Cloudflare serves without asking it: `/qonto-pay-button.js` and
 * `.json`, the same of `qonto-pay-status`, `/qonto-pay-button/*`, `/qonto-pay-chunks/*`, `/openapi.json` and `/docs`.
 * Each of these here is described in `openapi/operations/`.
 */
export const ROUTES: readonly Route[] = [
  { path: "/v1/checkouts", handlers: { GET: getCheckouts, POST: postCheckout }, isForBrowsers: true },
  { path: "/v1/checkouts/:id/status", handlers: { GET: getStatus }, isForBrowsers: true },
  { path: "/v1/checkouts/:id", handlers: { GET: getCheckout, PATCH: patchCheckout }, isForBrowsers: false },
  { path: "/v1/checkouts/:id/cancel", handlers: { POST: postCancel }, isForBrowsers: false },
  { path: "/v1/checkouts/:id/payments", handlers: { GET: getCheckoutPayments }, isForBrowsers: false },
  { path: "/v1/checkouts/:id/sync", handlers: { POST: postSync }, isForBrowsers: false },
  { path: "/v1/payment_links", handlers: { GET: getPaymentLinks, POST: postPaymentLink }, isForBrowsers: false },
  { path: "/v1/payment_links/:id", handlers: { GET: getPaymentLink }, isForBrowsers: false },
  { path: "/v1/payment_links/:id/payments", handlers: { GET: getPayments }, isForBrowsers: false },
  { path: "/v1/payment_links/:id/deactivate", handlers: { PATCH: patchDeactivate }, isForBrowsers: false },
  { path: "/v1/payment_methods", handlers: { GET: getPaymentMethods }, isForBrowsers: false },
  { path: "/v1/connection", handlers: { GET: getConnection, POST: postConnection }, isForBrowsers: false },
  { path: "/v1/deployment/diagnostics", handlers: { GET: getDeploymentDiagnostics }, isForBrowsers: false },
  { path: "/v1/diagnostics", handlers: { GET: getDiagnostics }, isForBrowsers: false },
  { path: "/v1/diagnostics/repair", handlers: { POST: postRepair }, isForBrowsers: false },
  { path: "/v1/events", handlers: { GET: getEvents }, isForBrowsers: false },
  { path: "/v1/prices", handlers: { POST: postPrice }, isForBrowsers: true },
  { path: "/v1/products", handlers: { GET: getProducts }, isForBrowsers: false },
  {
    path: "/v1/products/:id",
    handlers: { DELETE: deleteProduct, GET: getProduct, PATCH: patchProduct, PUT: putProduct },
    isForBrowsers: false,
  },
  { path: "/v1/keys", handlers: { GET: getKeys, POST: postKey }, isForBrowsers: false },
  { path: "/v1/keys/:id", handlers: { DELETE: deleteKey }, isForBrowsers: false },
  { path: "/v1/merchants", handlers: { POST: postMerchant }, isForBrowsers: false },
  { path: "/v1/merchants/:merchant", handlers: { PATCH: patchMerchant }, isForBrowsers: false },
  { path: "/v1/merchants/:merchant/connect_link", handlers: { POST: postConnectLink }, isForBrowsers: false },
  { path: "/v1/merchants/:merchant/replace_keys", handlers: { POST: postReplaceKeys }, isForBrowsers: false },
  { path: "/v1/merchants/:merchant/disconnect", handlers: { POST: postDisconnect }, isForBrowsers: false },
  {
    path: "/connect/:merchant",
    handlers: { GET: getConnect, POST: postConnect },
    isForBrowsers: false,
    asPage: problemResponse,
  },
  {
    path: "/connect/:merchant/consent",
    handlers: { GET: getStep, POST: postConsent },
    isForBrowsers: false,
    asPage: problemResponse,
  },
  {
    path: "/connect/:merchant/connection",
    handlers: { GET: getStep, POST: postBusiness },
    isForBrowsers: false,
    asPage: problemResponse,
  },
  {
    path: "/pay/:key/:product",
    handlers: { GET: getPay, POST: postPay },
    isForBrowsers: false,
    asPage: shopperProblemResponse,
    takesHead: true,
  },
  {
    path: "/checkouts/:id",
    handlers: { GET: getStatusPage },
    isForBrowsers: false,
    asPage: shopperProblemResponse,
    takesHead: true,
  },
  { path: "/oauth/callback", handlers: { GET: getOAuthCallback }, isForBrowsers: false, asPage: problemResponse },
  {
    path: "/v1/webhook_endpoints",
    handlers: { GET: getWebhookEndpoints, POST: postWebhookEndpoint },
    isForBrowsers: false,
  },
  {
    path: "/v1/webhook_endpoints/:id",
    handlers: { GET: getWebhookEndpoint, PATCH: patchWebhookEndpoint, DELETE: deleteWebhookEndpoint },
    isForBrowsers: false,
  },
  { path: "/v1/webhook_endpoints/:id/rotate_secret", handlers: { POST: postRotateSecret }, isForBrowsers: false },
  { path: "/v1/webhook_endpoints/:id/deliveries", handlers: { GET: getDeliveries }, isForBrowsers: false },
  {
    path: "/v1/webhook_endpoints/:id/deliveries/:delivery/replay",
    handlers: { POST: postReplayDelivery },
    isForBrowsers: false,
  },
  { path: "/v1/webhook_endpoints/:id/replay", handlers: { POST: postReplay }, isForBrowsers: false },
  { path: "/webhooks/qonto/:merchant", handlers: { POST: postWebhook }, isForBrowsers: false },
  { path: "/health", handlers: { GET: getHealth }, isForBrowsers: false },
];

/** A request on its way through the router. */
interface Passage {
  readonly env: Env;
  readonly requestId: string;
  readonly startedAt: number;
}

const router = Router<IRequest, [Passage], Response>();
for (const known of ROUTES) {
  router.all(known.path, (request, passage) => serve(known, request, passage));
}
router.all("*", (request, passage) => {
  const failure = new ApiError("not_found");
  return finish(request, passage, "*", errorResponse(failure.code, passage.requestId), failure);
});

/** Answers any request: never throws, and never says more of a fault than its code. */
export function route(request: Request, env: Env): Promise<Response> {
  return router.fetch(request, { env, requestId: randomId("req"), startedAt: Date.now() });
}

async function serve(known: Route, request: IRequest, passage: Passage): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const { params } = request;
  let config: Config | null = null;
  let response: Response;
  let failure: ApiError | null = null;
  try {
    config = configOf(passage.env);
    const answerHeaders = new Headers();
    const context = { env: passage.env, config, params, query, answerHeaders };
    response = await handlerOf(known, request.method)(request, context);
    for (const [name, value] of answerHeaders) response.headers.set(name, value);
  } catch (error) {
    failure = failureOf(error);
    // Without settings there is no page to go on at.
    response =
      known.asPage !== undefined && config !== null
        ? await known.asPage(request, failure, passage.requestId, { env: passage.env, config, params, query })
        : errorResponse(failure.code, passage.requestId, failure.detail);
  }
  finish(request, passage, known.path, response, failure);
  if (response.status === 405) response.headers.set("Allow", methodsOf(known));
  return known.isForBrowsers ? allowReading(response, request) : response;
}

function methodsOf({ handlers }: Route): string {
  return Object.keys(handlers).join(", ");
}

function handlerOf(known: Route, method: string): Handler {
  if (known.isForBrowsers && method === "OPTIONS") return answerPreflight;
  // What answers HEAD has a body; the runtime leaves it out.
  const asked = known.takesHead === true && method === "HEAD" ? "GET" : method;
  const handle = Object.entries(known.handlers).find(([name]) => name === asked)?.[1];
  if (handle === undefined) {
    const message = `This address does not take that kind of request: it takes ${methodsOf(known)}.`;
    throw new ApiError("method_not_allowed", { message });
  }
  return handle;
}

/** The one place where an answer leaves: with its request id, and logged. */
function finish(
  request: IRequest,
  { requestId, startedAt }: Passage,
  path: string,
  response: Response,
  failure: ApiError | null,
): Response {
  response.headers.set("X-Request-Id", requestId);
  response.headers.set("X-Content-Type-Options", "nosniff");
  logRequest({
    request_id: requestId,
    method: request.method,
    route: path,
    status: response.status,
    ms: Date.now() - startedAt,
    ...(failure === null ? {} : { code: failure.code }),
    ...(failure?.detail.reason === undefined ? {} : { reason: failure.detail.reason }),
    ...(isOurParam(failure?.detail.param) ? { param: failure?.detail.param } : {}),
  });
  return response;
}

/** A field that nobody knows was named by the sender, who may have put anything into its name. */
function isOurParam(param: string | undefined): boolean {
  return param !== undefined && /^[a-z_]{1,20}(\[\d{1,3}\])?(\.[a-z_]{1,20}(\[\d{1,3}\])?)*$/i.test(param);
}

function failureOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ConfigError) {
    return new ApiError("misconfigured", { message: error.message, param: error.setting, reason: error.message });
  }
  return new ApiError("internal_error", { reason: placeOf(error) });
}

const configs = new WeakMap<Env, Config>();

/** The settings don't change while the Worker runs, so they are read once. @throws ConfigError */
function configOf(env: Env): Config {
  const known = configs.get(env);
  if (known !== undefined) return known;
  const config = readConfig(env);
  configs.set(env, config);
  return config;
}
