import { type IRequest, Router } from "itty-router";
import { type Config, ConfigError, readConfig } from "./config.ts";
import type { Env } from "./env.ts";
import { Failure, placeOf } from "./failure/failure.ts";
import { answerError } from "./http/answer.ts";
import { allowReading, answerPreflight } from "./http/cors.ts";
import { logRequest } from "./log.ts";
import {
  getHealth,
  getPrice,
  getStatus,
  postCheckout,
  postWebhook,
  putLocalMerchant,
  type RouteContext,
} from "./routes.ts";
import { randomId } from "./security/random-id.ts";

type Handler = (request: Request, context: RouteContext) => Response | Promise<Response>;

interface Route {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly handle: Handler;
  /** Whether a page of another origin may call it. */
  readonly isForBrowsers: boolean;
}

/** Every address of the Worker but the static `/qonto-pay-button.js`, which Cloudflare serves without asking it. */
const ROUTES: readonly Route[] = [
  { method: "POST", path: "/v1/checkouts", handle: postCheckout, isForBrowsers: true },
  { method: "GET", path: "/v1/checkouts/:id/status", handle: getStatus, isForBrowsers: true },
  { method: "GET", path: "/v1/prices", handle: getPrice, isForBrowsers: true },
  { method: "POST", path: "/webhooks/qonto/:merchant", handle: postWebhook, isForBrowsers: false },
  { method: "PUT", path: "/_local/merchants/:merchant", handle: putLocalMerchant, isForBrowsers: false },
  { method: "GET", path: "/health", handle: getHealth, isForBrowsers: false },
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
router.all("*", (request, passage) => finish(request, passage, "*", new Failure("not_found")));

/** Answers any request: never throws, and never says more of a fault than its code. */
export function route(request: Request, env: Env): Promise<Response> {
  return router.fetch(request, { env, requestId: randomId("req"), startedAt: Date.now() });
}

async function serve(known: Route, request: IRequest, passage: Passage): Promise<Response> {
  if (known.isForBrowsers && request.method === "OPTIONS") return allowReading(answerPreflight(), request);
  let answer: unknown;
  try {
    const config = configOf(passage.env);
    if (request.method !== known.method) throw new Failure("method_not_allowed");
    const query = new URL(request.url).searchParams;
    answer = await known.handle(request, { env: passage.env, config, params: request.params, query });
  } catch (error) {
    answer = error;
  }
  const response = finish(request, passage, known.path, answer);
  if (response.status === 405) response.headers.set("Allow", known.method);
  return known.isForBrowsers ? allowReading(response, request) : response;
}

/** The one place where an answer leaves: with its request id, and logged. */
function finish(request: IRequest, passage: Passage, path: string, answer: unknown): Response {
  const { requestId, startedAt } = passage;
  const failure = answer instanceof Response ? null : failureOf(answer);
  const response =
    answer instanceof Response ? answer : answerError(failure?.code ?? "internal_error", requestId, failure?.detail);
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
    ...(failure?.detail.param === undefined ? {} : { param: failure.detail.param }),
  });
  return response;
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ConfigError) {
    return new Failure("misconfigured", { message: error.message, param: error.setting, reason: error.message });
  }
  return new Failure("internal_error", { reason: placeOf(error) });
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
