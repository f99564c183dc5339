import * as z from "zod";
import type { AccessToken, CallToken } from "./access-token.ts";
import type { Priority } from "./priority.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { type CallObserver, observed } from "./call-observer.ts";
import { exchange, STAGING_TOKEN_HEADER } from "./http-exchange.ts";
import type { IncomingAnswer, OutgoingRequest, Send } from "./outgoing-request.ts";
import { readAnswer } from "./qonto-answer.ts";
import { QontoError } from "./qonto-error.ts";

/**
 * The time limit of one exchange, which usually takes a fraction of it. A click needs one exchange, and a second one
 * after a rejected token.
 */
const TIMEOUT_MS = 8_000;
const SHORTEST_TIMEOUT_MS = 3_000;

/** The approximate pauses before a failed GET is repeated, in milliseconds. */
const READ_AGAIN_AFTER_MS = [150, 600];

export interface QontoCallSettings {
  readonly apiUrl: URL;
  readonly stagingToken: string | null;
}

/** The parts that every call of one merchant passes through on its way to Qonto. */
export interface CallPath {
  readonly rateLimiter: Pick<RateLimiter, "run">;
  readonly observer: CallObserver;
  readonly send: Send;
}

/** The source of a call's token. */
export type TokenSource = Pick<
  AccessToken,
  | "current"
  | "refuse"
  | "refuseOperation"
  | "accept"
  | "trust"
  | "isRefused"
  | "isUnproven"
  | "isSuspended"
  | "isOperationPaused"
  | "replace"
>;

/** One call of Qonto's API. */
export interface QontoCall<Schema extends z.ZodType> {
  /** Names the call in the message of an error. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Including the query. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly priority: Priority;
  /** Whether a rejection is expected and needs no attention. By default, none is. */
  readonly isOrdinary?: (fault: QontoError) => boolean;
  /** Parses the JSON of the answer. */
  readonly answer: Schema;
}

/**
 * The call that shows whether Qonto accepts a token: no consent is stored without it. An answer of 401 to another
 * operation suspends all calls only if this one and `LIST_ONE_LINK` are answered 401 as well.
 */
export const GET_ORGANIZATION = { operation: "getOrganization", method: "GET", path: "/v2/organization" } as const;

/** The call that tests a token if `GET_ORGANIZATION` is answered 401. It needs another scope. */
const LIST_ONE_LINK = {
  operation: "listPaymentLinks",
  method: "GET",
  path: "/v2/payment_links?per_page=1",
  priority: "event",
  answer: z.unknown(),
} as const;

/** Makes calls for one merchant: with a valid token, within Qonto's limits, and with retries of failed reads. */
export class QontoCaller {
  readonly #settings: QontoCallSettings;
  readonly #token: TokenSource;
  readonly #rateLimiter: CallPath["rateLimiter"];
  readonly #observer: CallObserver;
  readonly #send: Send;
  /** The calls under way that show whether Qonto accepts a renewed token. All other calls wait for them. */
  #proof: Promise<void> | null = null;
  #secondProof: Promise<void> | null = null;

  constructor(settings: QontoCallSettings, token: TokenSource, { rateLimiter, observer, send }: CallPath) {
    this.#settings = settings;
    this.#token = token;
    this.#rateLimiter = rateLimiter;
    this.#observer = observer;
    this.#send = send;
  }

  /** @throws QontoError */
  async call<Schema extends z.ZodType>(call: QontoCall<Schema>): Promise<z.output<Schema>> {
    for (const pause of call.method === "GET" ? READ_AGAIN_AFTER_MS : []) {
      const startedAt = Date.now();
      try {
        return await this.#callOnce(call);
      } catch (fault) {
        if (!(fault instanceof QontoError) || !isWorthAnotherRead(fault, Date.now() - startedAt)) throw fault;
        // Jitter: simultaneous failures must not be retried simultaneously.
        const wait = Math.max(pause * (0.5 + Math.random()), (fault.retryAfter ?? 0) * 1000);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return this.#callOnce(call);
  }

  async #callOnce<Schema extends z.ZodType>(call: QontoCall<Schema>): Promise<z.output<Schema>> {
    let refused: CallToken | null = null;
    const startedAt = Date.now();
    for (;;) {
      this.#requireNotPaused(call.operation);
      const token = await this.#obtain(() => this.#token.current());
      if (!isProof(call) && this.#token.isUnproven) await this.#prove(token);
      const isRenewed = refused !== null && refused.authorization === token.authorization;
      const answer = await observed(
        this.#observer,
        call.operation,
        async () => {
          const request = this.#request(call, token.accessToken);
          const isProving = isProof(call) && this.#token.isUnproven;
          const response = await this.#exchange(call, request, { token, isRenewed, isProving }, startedAt);
          if (response?.status === 401) {
            if (isProving) await this.#proveOtherwise(token);
            this.#requireWorthRepeating(call.operation);
          }
          return response === null || response.status === 401
            ? response
            : { value: readAnswer(call, request, response) };
        },
        call.isOrdinary,
      );
      if (answer !== null && "value" in answer) return answer.value;
      this.#requireNotPaused(call.operation);
      // Qonto did nothing if it rejected the token, so even a creating call can be repeated.
      refused = token;
      await this.#obtain(() => this.#token.replace(token));
    }
  }

  /**
   * Checks whether Qonto accepts a renewed token. If Qonto does not answer, the call is made anyway.
   *
   * @throws QontoError `unauthorized` if Qonto rejects it.
   */
  async #prove(token: CallToken): Promise<void> {
    this.#proof ??= this.#callForProof(token).finally(() => {
      this.#proof = null;
    });
    try {
      await this.#proof;
    } catch (fault) {
      if (!(fault instanceof QontoError) || fault.kind === "unauthorized") throw fault;
    }
  }

  #callForProof(token: CallToken): Promise<void> {
    const { operation } = GET_ORGANIZATION;
    if (this.#token.isOperationPaused(operation)) return this.#proveOtherwise(token);
    const call = { ...GET_ORGANIZATION, priority: "event", answer: z.unknown() } as const;
    return observed(this.#observer, operation, async () => {
      if ((await this.#probe(call, token)) !== 401) return;
      await this.#proveOtherwise(token);
      if (this.#token.isSuspended) throw rejectedAgain(operation);
    });
  }

  /**
   * Finds out whether Qonto rejects a renewed token or only `getOrganization`, which it answered with 401: makes
   * another call, and records the result.
   */
  #proveOtherwise(token: CallToken): Promise<void> {
    this.#secondProof ??= observed(this.#observer, LIST_ONE_LINK.operation, async () => {
      const status = await this.#probe(LIST_ONE_LINK, token);
      if (status === 401) this.#token.refuse(token);
      else if (status !== null) this.#token.refuseOperation(GET_ORGANIZATION.operation, token);
    }).finally(() => {
      this.#secondProof = null;
    });
    return this.#secondProof;
  }

  /** @returns the status of the answer; null if Qonto has rejected the token meanwhile. */
  async #probe(call: QontoCall<z.ZodType>, token: CallToken): Promise<number | null> {
    const request = this.#request(call, token.accessToken);
    const answer = await this.#exchange(call, request, { token, isRenewed: false, isProving: true }, Date.now());
    return answer?.status ?? null;
  }

  /** @throws QontoError `refused` while Qonto would only answer 401 to an operation. */
  #requireNotPaused(operation: string): void {
    if (!this.#token.isOperationPaused(operation)) return;
    throw new QontoError(
      "refused",
      `Qonto answered 401 to ${operation}, with a token that it accepts for other calls`,
      { status: 401 },
    );
  }

  /** Call after an answer of 401. @throws QontoError if another token would get the same answer. */
  #requireWorthRepeating(operation: string): void {
    this.#requireNotPaused(operation);
    if (this.#token.isSuspended) throw rejectedAgain(operation);
  }

  /**
   * @returns null if the call was not sent, because another call showed meanwhile that Qonto rejects the token or
   *   answers 401 to the operation.
   */
  #exchange(
    { operation, priority }: QontoCall<z.ZodType>,
    request: OutgoingRequest,
    { token, isRenewed, isProving }: Attempt,
    startedAt: number,
  ): Promise<IncomingAnswer | null> {
    const make = async (): Promise<IncomingAnswer> => {
      const sentAt = Date.now();
      this.#observer.beforeRequest();
      const answer = await exchange({ operation, request, timeoutMs: timeLeft(startedAt), send: this.#send });
      this.#observer.clock.read(answer, sentAt);
      // Before the rate limiter lets the next call in, which would get the same answer.
      if (answer.status !== 401) {
        this.#token.accept(token);
        if (!isProving) this.#token.trust(token);
      } else if (isRenewed && !isProving && !this.#token.isUnproven) this.#token.refuseOperation(operation, token);
      else if (!isProving) this.#token.refuse(token);
      return answer;
    };
    return this.#rateLimiter.run(
      priority,
      make,
      () => this.#token.isRefused(token) || this.#token.isOperationPaused(operation),
    );
  }

  /** Returns a token. If that fails, the call that waits for it was not made. */
  async #obtain<T>(obtain: () => Promise<T>): Promise<T> {
    try {
      return await obtain();
    } catch (fault) {
      if (!(fault instanceof QontoError)) throw fault;
      throw new QontoError(fault.kind, fault.message, { retryAfter: fault.retryAfter, isUnsent: true });
    }
  }

  #request({ method, path, body, headers }: QontoCall<z.ZodType>, accessToken: string): OutgoingRequest {
    const { stagingToken, apiUrl } = this.#settings;
    return {
      url: new URL(path, apiUrl).href,
      method,
      headers: {
        ...headers,
        Accept: "application/json",
        Authorization: `Bearer ${accessToken}`,
        ...(stagingToken === null ? {} : { [STAGING_TOKEN_HEADER]: stagingToken }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    };
  }
}

/** One attempt to make a call. */
interface Attempt {
  readonly token: CallToken;
  /** Whether the token replaces one that Qonto rejected in this call. */
  readonly isRenewed: boolean;
  /** Whether the call tests if Qonto accepts a renewed token. A 401 to this call alone does not prove a rejection. */
  readonly isProving: boolean;
}

function isProof({ operation }: QontoCall<z.ZodType>): boolean {
  return operation === GET_ORGANIZATION.operation;
}

function rejectedAgain(operation: string): QontoError {
  return new QontoError("unauthorized", `Qonto answered 401 to ${operation}, even with a new token`);
}

/** Subtracts the time that the token took, so that token and call together keep the time limit of one call. */
function timeLeft(startedAt: number): number {
  // A clock that was set back must not extend the time limit.
  return Math.min(Math.max(SHORTEST_TIMEOUT_MS, TIMEOUT_MS - (Date.now() - startedAt)), TIMEOUT_MS);
}

/**
 * Returns whether to repeat a failed read: not after a long silence or if the call was never sent, because in both cases
 * the caller has waited enough.
 */
function isWorthAnotherRead(fault: QontoError, tookMs: number): boolean {
  if (fault.isUnsent) return false;
  if (fault.kind === "rate_limited") return (fault.retryAfter ?? 1) <= 1;
  return fault.kind === "unavailable" && fault.mayHaveHappened && tookMs < 1_000;
}
