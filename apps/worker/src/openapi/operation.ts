import type { ApiErrorCode } from "@qonto-pay/core/api";
import type { z } from "zod";

declare global {
  /**
   * Whether definitions of routes have their documentation. The Worker's bundle is built with `false` (`define` in
   * `wrangler.jsonc`): the bundler then removes everything after `WITH_DOCS &&`, and the imports that only it uses.
   */
  const WITH_DOCS: boolean;
}

export type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

/** The groups of the reference, in its order. */
export const TAGS = {
  Checkouts:
    "A checkout is one order to be paid. It has at most one open payment link, and stores the shop's `reference` and `metadata`.",
  "Payment links": "Qonto's own operations in Qonto's own format, for links created anywhere.",
  Products: "The catalogue, from which buttons sell.",
  Events: "Past events in order, for shops that missed some.",
  Export: "All data of a merchant, and the erasure of a person's data.",
  Webhooks: "Events as they happen, sent to the shop's addresses.",
  Keys: "Secret keys. Two can be active, so that one can replace the other.",
  Console:
    "Sessions of the merchant's console, a page of this Worker, sign-in links, and the audit log. The console makes the calls of a server, too: with its session instead of a secret key.",
  Account: "The merchant's own settings.",
  Connection: "The merchant's connection to the payment provider.",
  Merchants: "For the operator of the Worker.",
  Pages: "Pages for people: shoppers pay without JavaScript, and merchants connect Qonto.",
  Service: "Health check, and Qonto's webhooks.",
} as const;
export type Tag = keyof typeof TAGS;

/** The caller of an operation, and its authentication. */
export type Caller =
  /** The merchant's server, with a secret key; or the merchant's console, with its session cookie. */
  | "server"
  /** A shopper's page, with a publishable key in the body; or the merchant's server or console. */
  | "shopper_or_server"
  /** The operator, with the admin key or a session cookie. */
  | "admin"
  /** The operator's browser, with the session cookie of the operator. */
  | "operator_browser"
  /** Qonto, with its signature. */
  | "qonto"
  /** A browser that is signed in to the merchant's console, with its session cookie. */
  | "console"
  /** A merchant's browser, with the session cookie that a connect link set. */
  | "merchant_browser"
  /** No authentication, or with a parameter. */
  | "anyone";

/** A named value in the path or in a header. */
export interface Parameter {
  readonly description: string;
  readonly example: string;
  readonly pattern?: string;
}

export interface RequestBody {
  /** A schema that `components.ts` names, or the schema of a form. */
  readonly schema: z.ZodType;
  readonly description?: string;
  /** The examples, each under a name that describes it. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** JSON by default. */
  readonly isForm?: boolean;
  /** Whether a call may have no body. */
  readonly isOptional?: boolean;
}

/** A response that is not an error. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204 | 303;
  readonly description: string;
  /** A schema that `components.ts` names. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** Examples of other content types. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** The names in a path: `id` in `/v1/keys/:id`. */
export type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** A description of each name in a path. */
type PathDocs<Path extends string> = [ParamName<Path>] extends [never]
  ? { readonly path?: never }
  : { readonly path: Readonly<Record<ParamName<Path>, Parameter>> };

/** Documentation that every operation has. */
interface CommonDocs {
  /** The name of the operation in the reference, and in the tests of the client. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description: string;
  /** Realistic values of query parameters. */
  readonly queryExample?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  /** The codes of its errors, except those that each operation of its caller has: see `documentedCodes`. */
  readonly errors?: readonly ApiErrorCode[];
}

/** Documentation of an operation, as the document is made from it. */
export interface OperationDocs extends CommonDocs {
  readonly path?: Readonly<Record<string, Parameter>>;
  readonly query?: z.ZodObject;
  readonly request?: RequestBody;
  /** The first one is the response to the examples. */
  readonly answers: readonly [Answer, ...Answer[]];
}

/** Documentation of an operation that reads its request in its own way. */
export type Docs<Path extends string> = Omit<OperationDocs, "path"> & PathDocs<Path>;

/** Examples of a body, by a name that states what each one shows. */
type BodyDocs<Body extends z.ZodType> = [Body] extends [never]
  ? { readonly bodyExamples?: never }
  : { readonly bodyExamples: Readonly<Record<string, unknown>> };

/** Documentation of an operation whose definition has the schemas of its query and its body. */
export type JsonDocs<Path extends string, Body extends z.ZodType> = CommonDocs &
  PathDocs<Path> &
  BodyDocs<Body> &
  Pick<OperationDocs, "answers">;

/** Documentation of an operation with one response, whose status is in its definition. */
export type ResultDocs<Path extends string, Body extends z.ZodType, Result> = CommonDocs &
  PathDocs<Path> &
  BodyDocs<Body> & {
    readonly answer: {
      readonly description: string;
      /** A schema that `components.ts` names. Absent for a response without a body. */
      readonly schema?: z.ZodType<Result>;
      readonly example?: unknown;
    };
  };

/** The parts of a route's definition from which the document is made. */
export interface Documented {
  readonly method: Method;
  readonly path: string;
  readonly caller: Caller;
  readonly rateLimit?: string | undefined;
  /** Whether the session of the console must be fresh. */
  readonly needsFreshSignIn?: boolean;
  readonly docs: OperationDocs | false;
}

/** Whether a call takes an `Idempotency-Key`. */
export function takesIdempotencyKey(method: string, { caller }: Pick<Documented, "caller">): boolean {
  return method !== "GET" && (caller === "server" || caller === "shopper_or_server" || caller === "admin");
}

/** Documentation of one method of one path. */
export interface Operation extends OperationDocs {
  readonly caller: Caller;
}

/** By method and path, as in the router: `POST /v1/keys`, `GET /v1/checkouts/:id`. */
export type Operations = Readonly<Record<string, Operation>>;
