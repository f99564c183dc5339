import { exchangeCode, type OAuthSettings, refreshTokens, type Tokens } from "./oauth.ts";
import { QontoFault } from "./qonto-fault.ts";

/** A token this close to its end may end on its way to Qonto. */
const RENEW_BEFORE_END_MS = 60_000;

/** Where a merchant's tokens are kept. */
export interface TokenStore {
  read(): Promise<Tokens | null>;
  /** Keeps new tokens; a renewal that was begun is then done. */
  write(tokens: Tokens): Promise<void>;
  /** Notes, so that it outlives a crash, that the refresh token is about to be used. */
  beginRenewal(): Promise<void>;
  /** It was not used after all. */
  abandonRenewal(): void;
}

/**
 * One merchant's access token: renewed before it ends, by one refresh at a time however many calls wait for it.
 *
 * Qonto replaces the refresh token at each use and keeps the old one for 60 seconds. So whatever dies between the use and
 * the storing of the new one, `renew` within those seconds mends it; the store's note tells that it is needed.
 */
export class AccessToken {
  readonly #settings: OAuthSettings;
  readonly #store: TokenStore;
  #renewal: Promise<Tokens> | null = null;

  constructor(settings: OAuthSettings, store: TokenStore) {
    this.#settings = settings;
    this.#store = store;
  }

  /** Takes the tokens of a new consent. @throws QontoFault as `exchangeCode`. */
  async connect(code: string, redirectUri: string): Promise<void> {
    while (this.#renewal !== null) await this.#renewal.catch(() => null);
    await this.#once(async () => exchangeCode(this.#settings, code, redirectUri));
  }

  /** @throws QontoFault `not_connected` where there was never a consent, or it is gone. */
  async current(): Promise<string> {
    const tokens = await this.#stored();
    if (tokens.expiresAt - RENEW_BEFORE_END_MS > Date.now()) return tokens.accessToken;
    return (await this.renew()).accessToken;
  }

  /** A token to use instead of one that Qonto refused; renews unless another call has done so meanwhile. */
  async replace(refused: string): Promise<string> {
    const tokens = await this.#stored();
    if (tokens.accessToken !== refused) return tokens.accessToken;
    return (await this.renew()).accessToken;
  }

  /** Uses the refresh token. @throws QontoFault as `refreshTokens`. */
  renew(): Promise<Tokens> {
    return this.#once(async () => {
      const tokens = await this.#read();
      await this.#store.beginRenewal();
      return this.#refresh(tokens.refreshToken);
    });
  }

  async #refresh(refreshToken: string): Promise<Tokens> {
    try {
      return await refreshTokens(this.#settings, refreshToken);
    } catch (fault) {
      // The answer may have been lost after Qonto replaced the token: the old one still works for a while.
      if (fault instanceof QontoFault && fault.mayHaveHappened) return refreshTokens(this.#settings, refreshToken);
      this.#store.abandonRenewal();
      throw fault;
    }
  }

  #once(obtain: () => Promise<Tokens>): Promise<Tokens> {
    this.#renewal ??= obtain()
      .then(async (tokens) => {
        await this.#store.write(tokens);
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
    if (tokens === null) throw new QontoFault("not_connected", "The merchant has not connected Qonto");
    return tokens;
  }
}
