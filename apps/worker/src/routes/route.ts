import type { z } from "zod";
import type { AdminInput, AdminOperation, AdminOutput } from "../api/admin-api.ts";
import { requirementOf, type ServerInput, type ServerOperation, type ServerOutput } from "../api/server-api.ts";
import type { ApiError } from "../errors/api-error.ts";
import { emptyResponse, jsonResponse } from "../http/json-response.ts";
import {
  type Docs,
  type Documented,
  type JsonDocs,
  type Method,
  type ParamName,
  type ResultDocs,
  takesIdempotencyKey,
} from "../openapi/operation.ts";
import { completeDocs } from "../openapi/operations.ts";
import { callAsAdmin } from "./request/call-as-admin.ts";
import { callAsServer } from "./request/call-as-server.ts";
import { checked } from "./request/checked-json.ts";
import { idempotencyKeyOf } from "./request/idempotency-key.ts";
import { RequestInput } from "./request/request-input.ts";
import type { RateLimited } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";

/** The context of a request that failed. */
export type ProblemContext = Pick<RouteContext, "env" | "config" | "params" | "query">;

/** Shows an error as a page. */
export type ProblemPage = (
  request: Request,
  failure: ApiError,
  requestId: string,
  context: ProblemContext,
) => Promise<Response>;

/**
 * One operation: a method of a path. The router, `/openapi.json`, `/docs`, the list of its error codes and the tests
 * all follow from this definition.
 */
export interface Route extends Documented {
  /** A first limit for each visitor address, checked before anything else. */
  readonly rateLimit?: RateLimited | undefined;
  /** Whether pages of other origins may call this path. */
  readonly isForBrowsers?: true | undefined;
  /** For a page that people open: returns its errors as pages. */
  readonly problemPage?: ProblemPage | undefined;
  /** Whether the route also answers `HEAD`, because its `GET` changes nothing for a request that no user started. */
  readonly answersHead?: true | undefined;
  readonly handle: (request: Request, context: RouteContext) => Response | Promise<Response>;
}

/** The parts of a request, checked with the schemas of its definition. Other parts were rejected. */
interface Sent<Path extends string, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly params: Readonly<Record<ParamName<Path>, string>>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
}

/** The parts that a definition takes. Without a schema, a query or a body with fields is rejected. */
interface Schemas<Path extends string, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly params?: z.ZodType<Record<ParamName<Path>, string>>;
  readonly query?: Query;
  readonly body?: Body;
  /** Whether an absent body means one without fields. */
  readonly isBodyOptional?: true;
  readonly maxBodyBytes?: number;
}

/**
 * The input of an operation of the merchant's object: the query or the body. If the path has parameters, an object with
 * them and `query` or `request`.
 */
type Input<Names extends string, Query extends z.ZodObject, Body extends z.ZodType> = [Names] extends [never]
  ? [Query] extends [never]
    ? [Body] extends [never]
      ? null
      : z.output<Body>
    : z.output<Query>
  : Readonly<Record<Names, string>> &
      ([Query] extends [never] ? unknown : { readonly query: z.output<Query> }) &
      ([Body] extends [never] ? unknown : { readonly request: z.output<Body> });

/** Returns the input of an operation. Required only if the operation does not take `Input`. */
type MakeInput<From, Default, Wanted> = Default extends Wanted
  ? { readonly input?: (sent: From) => Wanted }
  : { readonly input: (sent: From) => Wanted };

interface Defined<Path extends string> {
  readonly method: Method;
  readonly path: Path;
}

/** Defines an operation that reads its request in its own way. */
export function route<const Path extends string>(
  definition: Defined<Path> & Omit<Route, keyof Defined<Path> | "docs"> & { readonly docs: Docs<Path> | false },
): Route {
  return definition;
}

/**
 * Defines an operation for the merchant's server, which authenticates with a secret key, and for the console with its
 * session. The merchant's object runs it (`api/server-api.ts`), and its result is the response.
 */
export function serverRoute<
  const Path extends string,
  Name extends ServerOperation,
  Query extends z.ZodObject = never,
  Body extends z.ZodType = never,
  Result = ServerOutput<Name>,
>(
  definition: Defined<Path> &
    Schemas<Path, Query, Body> & {
      readonly operation: Name;
      /** 200 by default. */
      readonly status?: Status;
      /** Makes the response from the result of the operation. By default, it is the result itself. */
      readonly result?: (output: ServerOutput<Name>) => Result;
      readonly docs: ResultDocs<Path, Body, NoInfer<Result>> | false;
    } & MakeInput<Sent<Path, Query, Body>, Input<ParamName<Path>, Query, Body>, ServerInput<Name>>,
): Route {
  const { method, path, operation, input = inputOf, status = 200, result } = definition;
  return {
    method,
    path,
    caller: "server",
    needsFreshSignIn: requirementOf(operation).fresh,
    docs: WITH_DOCS && completeDocs(definition, status),
    handle: async (request, context) => {
      const readInput = async (sent: RequestInput) =>
        input(await read(definition, sent, context.params)) as ServerInput<Name>;
      const output = await callAsServer(request, context, operation, readInput);
      return respond(result === undefined ? output : result(output), status);
    },
  };
}

/**
 * Defines an operation on an existing merchant for the operator, who authenticates with the admin key
 * (`api/admin-api.ts`).
 */
export function adminRoute<
  const Path extends `/v1/merchants/:merchant${string}`,
  Name extends AdminOperation,
  Body extends z.ZodType = never,
>(
  definition: Defined<Path> &
    Omit<Schemas<Path, never, Body>, "params" | "query"> & {
      readonly operation: Name;
      /** 200 by default. */
      readonly status?: Status;
      readonly docs: ResultDocs<Path, Body, AdminOutput<Name>> | false;
    } & MakeInput<Sent<Path, never, Body>, Input<never, never, Body>, AdminInput<Name>>,
): Route {
  const { method, path, operation, input = inputOf, status = 200 } = definition;
  return {
    method,
    path,
    caller: "admin",
    docs: WITH_DOCS && completeDocs(definition, status),
    handle: async (request, context) => {
      // The path names the merchant, which is not part of the input.
      const readInput = async (sent: RequestInput) => input(await read(definition, sent, {})) as AdminInput<Name>;
      return respond(await callAsAdmin(request, context, operation, readInput), status);
    },
  };
}

/** Defines an operation in JSON for a shopper's page or for the operator. */
export function jsonRoute<const Path extends string, Query extends z.ZodObject = never, Body extends z.ZodType = never>(
  definition: Defined<Path> &
    Pick<Route, "caller" | "isForBrowsers" | "rateLimit"> &
    Schemas<Path, Query, Body> & {
      readonly docs: JsonDocs<Path, Body> | false;
      readonly handle: (
        /** `idempotencyKey` is random if the request has none, so that the call to the object can be repeated. */
        sent: Sent<Path, Query, Body> & { readonly idempotencyKey: string },
        request: Request,
        context: RouteContext,
      ) => Promise<Response>;
    },
): Route {
  const { method, path, caller, isForBrowsers, rateLimit, handle } = definition;
  return {
    method,
    path,
    caller,
    isForBrowsers,
    rateLimit,
    docs: WITH_DOCS && completeDocs(definition),
    handle: async (request, context) => {
      const given = takesIdempotencyKey(method, { caller }) ? idempotencyKeyOf(request) : null;
      const sent = new RequestInput(request, context.query);
      const found = await read(definition, sent, context.params);
      await sent.requireNothingElse();
      return handle({ ...found, idempotencyKey: given ?? crypto.randomUUID() }, request, context);
    },
  };
}

type Status = 200 | 201 | 202 | 204;

function respond(result: unknown, status: Status): Response {
  return status === 204 ? emptyResponse() : jsonResponse(result, status);
}

async function read<Path extends string, Query extends z.ZodObject, Body extends z.ZodType>(
  { params, query, body, isBodyOptional, maxBodyBytes }: Schemas<Path, Query, Body>,
  sent: RequestInput,
  named: RouteContext["params"],
): Promise<Sent<Path, Query, Body>> {
  const found = {
    params: params === undefined ? { ...named } : checked(params, named),
    query: query === undefined ? undefined : sent.query(query),
  };
  if (body === undefined) return found as Sent<Path, Query, Body>;
  const fields = isBodyOptional === true ? sent.optionalBody(body) : sent.body(body, maxBodyBytes);
  return { ...found, body: await fields } as Sent<Path, Query, Body>;
}

/** Returns the value of the type `Input`. */
function inputOf({ params, query, body }: { params: object; query?: unknown; body?: unknown }): unknown {
  if (Object.keys(params).length === 0) return query ?? body ?? null;
  if (query !== undefined) return { ...params, query };
  return body === undefined ? params : { ...params, request: body };
}
