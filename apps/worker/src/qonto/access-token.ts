import { type OAuthSettings, refreshTokens, type Tokens } from "./oauth.ts";
import { QontoFault } from "./qonto-fault.ts";

/** A token this close to its end may end on its way to Qonto. */
const RENEW_BEFORE_END_MS = 60_000;

/** Where a merchant's tokens are kept. */
export interface TokenStore {
  read(): Promise<Tokens | null>;
  write(tokens: Tokens): Promise<void>;
}

/** One merchant's access token: renewed before it ends, by one refresh at a time however many calls wait for it. */
export class AccessToken {
  readonly #settings: OAuthSettings;
  readonly #store: TokenStore;
  #renewal: Promise<Tokens> | null = null;

  constructor(settings: OAuthSettings, store: TokenStore) {
    this.#settings = settings;
    this.#store = store;
  }

  /** @throws QontoFault `not_connected` where there was never a consent, or it is gone. */
  async current(): Promise<string> {
    const tokens = await this.#stored();
    if (tokens.expiresAt - RENEW_BEFORE_END_MS > Date.now()) return tokens.accessToken;
    return (await this.#renew(tokens)).accessToken;
  }

  /** A token to use instead of one that Qonto refused; renews unless another call has done so meanwhile. */
  async replace(refused: string): Promise<string> {
    const tokens = await this.#stored();
    if (tokens.accessToken !== refused) return tokens.accessToken;
    return (await this.#renew(tokens)).accessToken;
  }

  async #stored(): Promise<Tokens> {
    const tokens = await (this.#renewal ?? this.#store.read());
    if (tokens === null) throw new QontoFault("not_connected", "The merchant has not connected Qonto");
    return tokens;
  }

  #renew(tokens: Tokens): Promise<Tokens> {
    this.#renewal ??= this.#refreshAndStore(tokens.refreshToken).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #refreshAndStore(refreshToken: string): Promise<Tokens> {
    const renewed = await refreshTokens(this.#settings, refreshToken).catch((fault: unknown) => {
      // The answer may have been lost after Qonto replaced the token; the old one still works for 60 seconds.
      if (fault instanceof QontoFault && fault.mayHaveHappened) return refreshTokens(this.#settings, refreshToken);
      throw fault;
    });
    await this.#store.write(renewed);
    return renewed;
  }
}
