import { isSameSecret } from "@qonto-pay/web/constant-time";
import { type IRequest, Router } from "itty-router";
import { type Config, ConfigError, readConfig } from "./context/config.ts";
import type { Env } from "./context/env.ts";
import { ApiError, placeOf } from "./errors/api-error.ts";
import { errorResponse } from "./http/json-response.ts";
import { allowReading, answerPreflight } from "./http/cors.ts";
import { logRequest, type RequestLine } from "./context/log.ts";
import { randomId } from "./crypto/random-id.ts";
import { ROUTES } from "./routes/index.ts";
import { PAY, payFromMemory } from "./routes/pay.ts";
import { requireWithinRate } from "./routes/request/rate-limit.ts";
import type { RouteContext } from "./routes/request/route-context.ts";
import type { Route } from "./routes/route.ts";
import { isFromConsole, requireOperatorSession } from "./routes/request/authenticate-console.ts";
import { bearerTokenOf } from "./routes/request/bearer-token.ts";

/** The operations of one path. */
interface PathRoutes {
  readonly path: string;
  readonly byMethod: ReadonlyMap<string, Route>;
  readonly isForBrowsers: boolean;
  readonly problemPage: Route["problemPage"];
}

/** The context of a request in the router. */
interface Passage {
  readonly env: Env;
  readonly requestId: string;
  readonly startedAt: number;
}

/** The paths that shoppers request most. They are matched first, since a router compares one path after the other. */
const MOST_REQUESTED = ["/v1/checkouts", PAY];

const router = Router<IRequest, [Passage], Response>();
for (const path of new Set([...MOST_REQUESTED, ...ROUTES.map((known) => known.path)])) {
  const routes = ROUTES.filter((known) => known.path === path);
  const known: PathRoutes = {
    path,
    byMethod: new Map(routes.map((found) => [found.method, found])),
    isForBrowsers: routes.some(({ isForBrowsers }) => isForBrowsers),
    problemPage: routes[0]?.problemPage,
  };
  router.all(path, (request, passage) => serve(known, request, passage));
}
router.all("*", (request, passage) => {
  const failure = new ApiError("not_found");
  const address = ownAddress(configOrNull(passage.env), request);
  return finish(request, passage, "*", errorResponse(failure.code, passage.requestId, address), failure);
});

/** Answers any request. Never throws, and never reveals more of a defect than its code. */
export function route(request: Request, env: Env): Promise<Response> {
  const passage = { env, requestId: randomId("req"), startedAt: Date.now() };
  const config = configOrNull(env);
  const redirection = config === null ? null : payFromMemory(request, config);
  if (redirection !== null) return Promise.resolve(finish(request, passage, PAY, redirection, null));
  return router.fetch(request, passage);
}

async function serve(known: PathRoutes, request: IRequest, passage: Passage): Promise<Response> {
  const query = queryOf(request.url);
  const { params } = request;
  let config: Config | null = null;
  let response: Response;
  let failure: ApiError | null = null;
  try {
    config = configOf(passage.env);
    const answerHeaders = new Map<string, string>();
    response = await answer(known, request, { env: passage.env, config, params, query, answerHeaders });
    for (const [name, value] of answerHeaders) response.headers.set(name, value);
  } catch (error) {
    failure = failureOf(error);
    // Without settings, no page can be shown.
    response =
      known.problemPage !== undefined && config !== null
        ? await known.problemPage(request, failure, passage.requestId, { env: passage.env, config, params, query })
        : errorResponse(failure.code, passage.requestId, ownAddress(config, request), failure.detail);
  }
  finish(request, passage, known.path, response, failure);
  if (response.status === 405) response.headers.set("Allow", methodsOf(known));
  return known.isForBrowsers ? allowReading(response, request) : response;
}

const NO_QUERY = new URLSearchParams();

/** Few requests have a query, and parsing an address takes longer than searching it for a question mark. */
function queryOf(url: string): URLSearchParams {
  return url.includes("?") ? new URL(url).searchParams : NO_QUERY;
}

async function answer(known: PathRoutes, request: Request, context: RouteContext): Promise<Response> {
  const { method } = request;
  if (known.isForBrowsers && method === "OPTIONS") return answerPreflight();
  const found = routeFor(known, method);
  if (found === undefined) {
    const message = `This address does not take that kind of request: it takes ${methodsOf(known)}.`;
    throw new ApiError("method_not_allowed", { message });
  }
  if (found.caller === "admin") await requireAdmin(request, context);
  if (found.rateLimit !== undefined) await requireWithinRate(request, found.rateLimit, context);
  return found.handle(request, context);
}

function routeFor({ byMethod }: PathRoutes, method: string): Route | undefined {
  if (method !== "HEAD") return byMethod.get(method);
  // The response has a body, which the runtime removes.
  const found = byMethod.get("GET");
  return found?.answersHead === true ? found : undefined;
}

function methodsOf({ byMethod }: PathRoutes): string {
  return [...byMethod.keys()].toSorted().join(", ");
}

/** Completes every response: adds the request id and writes the log line. */
function finish(
  request: Request,
  { requestId, startedAt }: Passage,
  path: string,
  response: Response,
  failure: ApiError | null,
): Response {
  const { headers } = response;
  headers.set("X-Request-Id", requestId);
  headers.set("X-Content-Type-Options", "nosniff");
  const line = { request_id: requestId, method: request.method, route: path, status: response.status };
  logRequest({ ...line, ms: Date.now() - startedAt, ...(failure === null ? {} : loggedOf(failure)) });
  return response;
}

/** Returns what the log line says about an error. */
function loggedOf({ code, detail: { reason, param } }: ApiError): Pick<RequestLine, "code" | "reason" | "param"> {
  return { code, ...(reason === undefined ? {} : { reason }), ...(isOurParam(param) ? { param } : {}) };
}

/** Whether a name is safe to log. The caller chose the name of an unknown field, which can be any text. */
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

/** The settings, or null if they are broken. */
function configOrNull(env: Env): Config | null {
  try {
    return configOf(env);
  } catch {
    return null;
  }
}

/** The address of this deployment for links in answers. Only broken settings leave the one that the caller used. */
function ownAddress(config: Config | null, request: Request): string {
  return config?.workerUrl.href ?? request.url;
}

/**
 * Accepts the deployment's admin key, or the operator's session.
 *
 * @throws ApiError `invalid_key`; `rate_limited`, `origin_not_allowed` and `invalid_operator_session` from the console.
 */
async function requireAdmin(request: Request, context: RouteContext): Promise<void> {
  const { env, config } = context;
  if (isFromConsole(request)) {
    await requireWithinRate(request, "CREDENTIAL_RATE_LIMIT", context);
    await requireOperatorSession(request, env, config);
    return;
  }
  const found = bearerTokenOf(request, { mayHaveSpaces: true });
  if (isSameSecret("key" in found ? found.key : "", config.adminKey)) return;
  throw new ApiError("invalid_key", { message: "The admin key is missing or wrong." });
}
