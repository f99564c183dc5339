import type { QontoOAuth, Tokens } from "./oauth.ts";
import { QontoError } from "./qonto-error.ts";
import type { TokenRejections } from "./token-rejections.ts";

/** A token this close to its end may end on its way to Qonto. */
const RENEW_BEFORE_END_MS = 60_000;

/** A refresh that failed this quickly leaves a shopper the patience for another one. */
const QUICK_MS = 2_000;

/** Where a merchant's tokens are kept. */
export interface TokenStore {
  /** Null where there was never a consent, or it is gone. */
  read(): Promise<Tokens | null>;
  /** Keeps new tokens; a renewal that was begun is then done. */
  write(tokens: Tokens): Promise<void>;
  /** Qonto takes the refresh token no more: it is never sent again. */
  forget(): void;
  /**
   * Notes, so that it outlives a crash, that the refresh token is about to be used.
   *
   * @returns whether it was noted before: then it may have been used already.
   */
  beginRenewal(): boolean;
  /** It was not used after all. */
  abandonRenewal(): void;
}

/** Knows whether OAuth works for this deployment at all. */
export interface OutageWatch {
  /** @throws QontoError `misconfigured` while a request for a token would only be rejected again. */
  requireWorthTrying(): Promise<void>;
  /** A request for a token has failed. */
  failed(fault: QontoError): Promise<void>;
  /** Has the next try made as soon as Qonto's limits allow. @returns whether there is one to be made. */
  retrySoon(): boolean;
  /** Qonto's OAuth has answered this deployment's client. Called synchronously with the write that follows from it. */
  ended(): void;
}

/**
 * One merchant's access token: renewed before it ends, by one refresh at a time however many calls wait for it.
 *
 * Qonto replaces the refresh token at each use and keeps the old one for 60 seconds. So whatever dies between the use and
 * the storing of the new one, `renew` within those seconds mends it; the store's note tells that it is needed.
 */
export class AccessToken {
  readonly #oauth: QontoOAuth;
  readonly #store: TokenStore;
  readonly #outage: OutageWatch;
  readonly #rejections: TokenRejections;
  #renewal: Promise<Tokens> | null = null;
  #refused: string | null = null;

  constructor(oauth: QontoOAuth, store: TokenStore, outage: OutageWatch, rejections: TokenRejections) {
    this.#oauth = oauth;
    this.#store = store;
    this.#outage = outage;
    this.#rejections = rejections;
  }

  /** Takes the tokens of a new consent. */
  async connect(tokens: Tokens): Promise<void> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    await this.#once(() => Promise.resolve(tokens));
    this.#rejections.startAnew();
  }

  /** The refresh token, to be revoked; null where there is no consent. */
  async refreshToken(): Promise<string | null> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    return (await this.#store.read())?.refreshToken ?? null;
  }

  /** Forgets the consent. */
  async forget(): Promise<void> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    const forgetting = (): Promise<Tokens> => {
      this.#store.forget();
      return Promise.reject(new QontoError("not_connected", "The merchant has disconnected Qonto"));
    };
    // In the place of a renewal, so that none begins meanwhile and stores new tokens afterwards.
    await this.#once(forgetting).catch(() => null);
    this.#rejections.startAnew();
  }

  /**
   * @throws QontoError `not_connected` where there was never a consent, or it is gone; `unauthorized` while Qonto rejects
   *   also the tokens that it has just issued.
   */
  async current(): Promise<string> {
    const tokens = await this.#stored();
    if (this.#rejections.beginCall()) return (await this.renew()).accessToken;
    if (tokens.expiresAt - RENEW_BEFORE_END_MS > Date.now()) return tokens.accessToken;
    return (await this.renew()).accessToken;
  }

  /**
   * Notes that Qonto has refused this token.
   *
   * @param isReplacement whether it was requested because Qonto had refused another one.
   */
  refuse(accessToken: string, isReplacement: boolean): void {
    const isNew = accessToken !== this.#refused;
    this.#refused = accessToken;
    this.#rejections.rejected({ isNew, isReplacement });
  }

  /** Notes that Qonto has accepted this token. */
  accept(accessToken: string): void {
    if (accessToken !== this.#refused) this.#rejections.accepted();
  }

  /** Has Qonto asked again soon whether it accepts tokens of this authorization. @returns whether it is to be asked at all. */
  retrySoon(): boolean {
    return this.#rejections.retrySoon();
  }

  /** Whether Qonto refuses also new tokens of this authorization. */
  get isSuspended(): boolean {
    return this.#rejections.isSuspended;
  }

  /** Whether Qonto has refused this very token. A call that was still waiting with it need not be made. */
  isRefused(accessToken: string): boolean {
    return accessToken === this.#refused;
  }

  /** A token to use instead of one that Qonto refused; renews unless another call has done so meanwhile. */
  async replace(refused: string): Promise<string> {
    const tokens = await this.#stored();
    if (tokens.accessToken !== refused) return tokens.accessToken;
    return (await this.renew()).accessToken;
  }

  /** Uses the refresh token. @throws QontoError as `QontoOAuth.refresh`. */
  renew(): Promise<Tokens> {
    return this.#once(async () => {
      const tokens = await this.#read();
      await this.#outage.requireWorthTrying();
      const mayBeUsed = this.#store.beginRenewal();
      return this.#refresh(tokens.refreshToken, mayBeUsed);
    });
  }

  async #refresh(refreshToken: string, mayBeUsed: boolean): Promise<Tokens> {
    let mayHaveHappened = mayBeUsed;
    const startedAt = Date.now();
    for (let isAgain = false; ; isAgain = true) {
      try {
        return await this.#oauth.refresh(refreshToken);
      } catch (fault) {
        if (!(fault instanceof QontoError)) throw fault;
        mayHaveHappened ||= fault.mayHaveHappened;
        // The answer may have been lost after Qonto replaced the token: the old one still works for a while. After a long
        // silence the alarm does it, since a shopper waits for this.
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
