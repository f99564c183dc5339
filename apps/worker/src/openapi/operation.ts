import type { ApiErrorCode } from "@qonto-pay/core/api";
import type { z } from "zod";

declare global {
  /**
   * Whether definitions of routes have their documentation. The Worker's bundle is built with `false` (`define` in
   * `wrangler.jsonc`): the bundler then drops what follows `WITH_DOCS &&`, and the imports that only it uses.
   */
  const WITH_DOCS: boolean;
}

export type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

/** The groups of the reference, in its order. */
export const TAGS = {
  Checkouts:
    "One thing to be paid. It has at most one open payment link, and carries the shop's `reference` and `metadata`.",
  "Payment links": "Qonto's own operations in Qonto's own words, for links made anywhere.",
  Products: "What a button may name.",
  Events: "What happened, in order: for shops that catch up.",
  Webhooks: "Events as they happen, sent to addresses of the shop.",
  Keys: "Secret keys. Two can be active, so that one can take the place of the other.",
  Connection: "The merchant's connection to the payment provider.",
  Merchants: "For whoever runs the Worker.",
  Pages: "Pages for people: where shoppers pay without a script, and where a merchant connects Qonto.",
  Service: "What keeps it all going.",
} as const;
export type Tag = keyof typeof TAGS;

/** Who makes a call, and what shows that it is them. */
export type Caller =
  /** The merchant's server, by secret key. */
  | "server"
  /** A shopper's page, by publishable key in the body. Or the merchant's server. */
  | "shopper_or_server"
  /** Whoever runs the Worker, by admin key. */
  | "admin"
  /** Qonto, by its signature. */
  | "qonto"
  /** A merchant's browser, by the cookie that a link got it. */
  | "merchant_browser"
  /** Nothing is asked for, or it is one of the parameters. */
  | "anyone";

/** A named value in the path or in a header. */
export interface Parameter {
  readonly description: string;
  readonly example: string;
  readonly pattern?: string;
}

export interface RequestBody {
  /** A schema that `components.ts` names, or a form's. */
  readonly schema: z.ZodType;
  readonly description?: string;
  /** By a name that says what they show. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** JSON where not given. */
  readonly isForm?: boolean;
  /** Whether a call may come without it. */
  readonly isOptional?: boolean;
}

/** An answer that is no error. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204 | 303;
  readonly description: string;
  /** A schema that `components.ts` names. */
  readonly schema?: z.ZodType;
  readonly example?: unknown;
  /** What else it may come as, by content type, each with what it looks like. */
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

/** What the reference says of each operation. */
interface CommonDocs {
  /** Its name in the reference, and in the tests of the client. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description: string;
  /** Values of the query that make sense. */
  readonly queryExample?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  /** The codes of its errors, except those that each operation of its caller has: see `documentedCodes`. */
  readonly errors?: readonly ApiErrorCode[];
}

/** Documentation of an operation, as the document is made of it. */
export interface OperationDocs extends CommonDocs {
  readonly path?: Readonly<Record<string, Parameter>>;
  readonly query?: z.ZodObject;
  readonly request?: RequestBody;
  /** The first one is what the examples get. */
  readonly answers: readonly [Answer, ...Answer[]];
}

/** Documentation of an operation that reads its request in a way of its own. */
export type Docs<Path extends string> = Omit<OperationDocs, "path"> & PathDocs<Path>;

/** Examples of a body, by a name that says what they show. */
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
      /** A schema that `components.ts` names. Absent where there is no body. */
      readonly schema?: z.ZodType<Result>;
      readonly example?: unknown;
    };
  };

/** What the document needs of the definition of a route. */
export interface Documented {
  readonly method: Method;
  readonly path: string;
  readonly caller: Caller;
  readonly rateLimit?: string | undefined;
  readonly docs: OperationDocs | false;
}

/** Whether a call changes something under an `Idempotency-Key`. */
export function takesIdempotencyKey(method: string, { caller }: Pick<Documented, "caller">): boolean {
  return method !== "GET" && (caller === "server" || caller === "shopper_or_server" || caller === "admin");
}

/** What the reference says of one method of one path. */
export interface Operation extends OperationDocs {
  readonly caller: Caller;
}

/** By method and path, as in the router: `POST /v1/keys`, `GET /v1/checkouts/:id`. */
export type Operations = Readonly<Record<string, Operation>>;
