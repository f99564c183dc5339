import type { QontoOAuth, TokenCall, Tokens } from "./oauth.ts";
import { QontoError } from "./qonto-error.ts";
import type { TokenRejections } from "./token-rejections.ts";

/** A token this close to its expiry may expire on its way to Qonto. */
const RENEW_BEFORE_END_MS = 60_000;

/** After a refresh that failed this quickly, a shopper can still wait for another one. */
const QUICK_MS = 2_000;

/** An access token for one call, and the authorization that it belongs to, by its number. */
export interface CallToken {
  readonly accessToken: string;
  readonly authorization: number;
}

/** The storage of a merchant's tokens. */
export interface TokenStore {
  /** Null if the merchant never gave consent, or the consent has ended. */
  read(): Promise<Tokens | null>;
  /** Stores new tokens, which completes a pending renewal. */
  write(tokens: Tokens): Promise<void>;
  /** Deletes the refresh token, which Qonto no longer accepts. */
  forget(): void;
  /**
   * Records durably that the refresh token is about to be used.
   *
   * @returns whether that was recorded before: then it may have been used already.
   */
  beginRenewal(): boolean;
  /** Records that the refresh token was not used after all. */
  abandonRenewal(): void;
}

/** Tracks whether OAuth works for this deployment at all. */
export interface OutageWatch {
  /** @throws QontoError `misconfigured` while a request for a token would only be rejected again. */
  requireWorthTrying(): Promise<void>;
  /** Records that a request for a token has failed. */
  failed(fault: QontoError): Promise<void>;
  /** Schedules the next attempt as soon as Qonto's limits allow. @returns whether an attempt is due at all. */
  retrySoon(): boolean;
  /**
   * Records that Qonto's OAuth accepted this deployment's client. Call it next to the write that the same answer causes,
   * with no request in between, so that both are stored or neither.
   */
  ended(): void;
}

/**
 * One merchant's access token. It is renewed before it expires, by one refresh at a time for all waiting calls.
 *
 * Qonto replaces the refresh token at each use and accepts the old one for another 60 seconds. After a crash between
 * the use and the storage of the new token, `renew` within those seconds repairs it. The store records that this is
 * needed.
 */
export class AccessToken {
  readonly #oauth: QontoOAuth;
  readonly #store: TokenStore;
  readonly #outage: OutageWatch;
  readonly #rejections: TokenRejections;
  #renewal: Promise<Tokens> | null = null;
  #refused: string | null = null;
  /** The token of the last call, and the last one with which a call succeeded. */
  #used: string | null = null;
  #trusted: string | null = null;
  /** Counts the authorizations. A late answer to a token of an earlier one says nothing about the present one. */
  #authorization = 0;

  constructor(oauth: QontoOAuth, store: TokenStore, outage: OutageWatch, rejections: TokenRejections) {
    this.#oauth = oauth;
    this.#store = store;
    this.#outage = outage;
    this.#rejections = rejections;
  }

  /** Stores the tokens of a new consent. */
  async connect(tokens: Tokens): Promise<void> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    await this.#once(() => Promise.resolve(tokens));
    this.#startAuthorization();
  }

  /** Returns the refresh token, to revoke it; null without a consent. */
  async refreshToken(): Promise<string | null> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    return (await this.#store.read())?.refreshToken ?? null;
  }

  /** Deletes the consent. */
  async forget(): Promise<void> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    const forgetting = (): Promise<Tokens> => {
      this.#store.forget();
      return Promise.reject(new QontoError("not_connected", "The merchant has disconnected Qonto"));
    };
    // In the place of a renewal, so that no renewal starts meanwhile and stores new tokens afterwards.
    await this.#once(forgetting).catch(() => null);
    this.#startAuthorization();
  }

  #startAuthorization(): void {
    this.#authorization += 1;
    this.#rejections.startAnew();
  }

  /**
   * Returns a valid access token.
   *
   * @throws QontoError `not_connected` without a consent; `unauthorized` while Qonto also rejects the tokens that it
   * has just issued.
   */
  async current(): Promise<CallToken> {
    // Before the read: a new authorization may begin meanwhile.
    const authorization = this.#authorization;
    const tokens = await this.#stored();
    const isOver = this.#rejections.beginCall() || tokens.expiresAt - RENEW_BEFORE_END_MS <= Date.now();
    const { accessToken } = isOver ? await this.renew() : tokens;
    this.#used = accessToken;
    return { accessToken, authorization };
  }

  /** Records that Qonto rejected this token. */
  refuse({ accessToken, authorization }: CallToken): void {
    if (authorization !== this.#authorization || accessToken === this.#refused) return;
    this.#refused = accessToken;
    this.#rejections.rejected();
  }

  /** Records that Qonto answered an operation with 401 although it accepts this token. */
  refuseOperation(operation: string, { authorization }: CallToken): void {
    if (authorization === this.#authorization) this.#rejections.operationRejected(operation);
  }

  /** Records that Qonto accepted this token. */
  accept({ accessToken, authorization }: CallToken): void {
    if (authorization === this.#authorization && accessToken !== this.#refused) this.#rejections.accepted();
  }

  /** Records that Qonto has executed a call with this token, other than one that tests the token. */
  trust({ accessToken }: CallToken): void {
    this.#trusted = accessToken;
  }

  /** Whether a call with the present token has succeeded since this object started. */
  get isTrusted(): boolean {
    return this.#trusted !== null && this.#trusted === this.#used && this.#trusted !== this.#refused;
  }

  /** Schedules another attempt with this authorization soon. @returns whether it is suspended at all. */
  retrySoon(): boolean {
    return this.#rejections.retrySoon();
  }

  /** Whether Qonto also rejects new tokens of this authorization. */
  get isSuspended(): boolean {
    return this.#rejections.isSuspended;
  }

  /** Whether the previous token was rejected and the current one is not accepted yet. */
  get isUnproven(): boolean {
    return this.#rejections.isUnproven;
  }

  /** Whether an operation is paused, because Qonto would only answer 401 to it. */
  isOperationPaused(operation: string): boolean {
    return this.#rejections.isOperationPaused(operation);
  }

  /** Whether Qonto has rejected this token. A call that still waits with it need not be made. */
  isRefused({ accessToken }: CallToken): boolean {
    return accessToken === this.#refused;
  }

  /** Replaces a token that Qonto rejected, unless another call has done so meanwhile. */
  async replace(refused: CallToken): Promise<void> {
    const { accessToken } = await this.#stored();
    if (accessToken === refused.accessToken) await this.renew();
  }

  /** Uses the refresh token. @param call as for `QontoOAuth.refresh`. @throws QontoError as `QontoOAuth.refresh`. */
  renew(call: TokenCall = {}): Promise<Tokens> {
    return this.#once(async () => {
      const tokens = await this.#read();
      await this.#outage.requireWorthTrying();
      const mayBeUsed = this.#store.beginRenewal();
      return this.#refresh(tokens.refreshToken, mayBeUsed, call);
    });
  }

  async #refresh(refreshToken: string, mayBeUsed: boolean, call: TokenCall): Promise<Tokens> {
    let mayHaveHappened = mayBeUsed;
    const startedAt = Date.now();
    for (let isAgain = false; ; isAgain = true) {
      try {
        return await this.#oauth.refresh(refreshToken, call);
      } catch (fault) {
        if (!(fault instanceof QontoError)) throw fault;
        mayHaveHappened ||= fault.mayHaveHappened;
        // The answer may have been lost after Qonto replaced the token: the old one still works for a while. After a
        // long silence, the alarm retries instead, because a shopper waits for this call.
        if (fault.mayHaveHappened && !isAgain && Date.now() - startedAt < QUICK_MS) continue;
        if (fault.kind === "not_connected") {
          this.#outage.ended();
          this.#store.forget();
        } else if (!mayHaveHappened) this.#store.abandonRenewal();
        if (fault.kind === "refused" && fault.status === 401) this.#rejections.refreshRejected();
        await this.#outage.failed(fault);
        throw fault;
      }
    }
  }

  #once(obtain: () => Promise<Tokens>): Promise<Tokens> {
    this.#renewal ??= obtain()
      .then(async (tokens) => {
        await this.#store.write(tokens);
        this.#outage.ended();
        return tokens;
      })
      .finally(() => {
        this.#renewal = null;
      });
    return this.#renewal;
  }

  #stored(): Promise<Tokens> {
    return this.#renewal ?? this.#read();
  }

  async #read(): Promise<Tokens> {
    const tokens = await this.#store.read();
    if (tokens === null) throw new QontoError("not_connected", "The merchant has not connected Qonto");
    return tokens;
  }
}
