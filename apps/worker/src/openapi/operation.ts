import type { ApiErrorCode } from "@qonto-pay/core/api";
import type { z } from "zod";

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

/** What the reference says of one method of one route. */
export interface Operation {
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description: string;
  readonly caller: Caller;
  readonly path?: Readonly<Record<string, Parameter>>;
  readonly query?: z.ZodObject;
  /** Values of the query that make sense. */
  readonly queryExample?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  readonly request?: RequestBody;
  /** The first one is what the examples get. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** What it can refuse beside what goes without saying for its caller: see `documentedCodes`. */
  readonly errors?: readonly ApiErrorCode[];
}

/** By method and path, as in the router: `POST /v1/keys`, `GET /v1/checkouts/:id`. */
export type Operations = Readonly<Record<string, Operation>>;
