import type { TokenStore } from "../qonto/access-token.ts";
import type { Tokens } from "../qonto/oauth.ts";
import type { Vault } from "../security/vault.ts";
import type { Settings } from "../storage/settings.ts";

/** A refresh token lives for 90 days: one that nobody uses is replaced long before. */
const RENEW_UNUSED_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/** Told of what happens to the tokens, and awaited. */
export interface TokenListener {
  /** The refresh token is about to be used: time to have an alarm set. */
  renewal(): Promise<void>;
  /** The consent is gone. */
  forgotten(): Promise<void>;
}

/** The merchant's tokens in storage, both sealed as one, so that a refresh replaces both or neither. */
export class SealedTokens implements TokenStore {
  readonly #settings: Settings;
  readonly #vault: Vault;
  readonly #on: TokenListener;

  constructor(settings: Settings, vault: Vault, on: TokenListener) {
    this.#settings = settings;
    this.#vault = vault;
    this.#on = on;
  }

  async read(): Promise<Tokens | null> {
    const sealed = this.#settings.read("sealed_tokens");
    return sealed === null ? null : (JSON.parse(await this.#vault.open("tokens", sealed)) as Tokens);
  }

  async write(tokens: Tokens): Promise<void> {
    const sealed = await this.#vault.seal("tokens", JSON.stringify(tokens));
    const now = Date.now();
    const known = this.#settings.read("consent");
    const givenAt = known === null || known.lostAt !== null ? now : known.givenAt;
    this.#settings.write("sealed_tokens", sealed);
    const renewAt = now + RENEW_UNUSED_AFTER_MS;
    this.#settings.write("consent", { givenAt, refreshedAt: now, renewAt, lostAt: null, warnedAt: null });
    this.abandonRenewal();
  }

  async forget(): Promise<void> {
    this.#settings.remove("sealed_tokens");
    this.abandonRenewal();
    const known = this.#settings.read("consent");
    if (known !== null) this.#settings.write("consent", { ...known, lostAt: Date.now() });
    await this.#on.forgotten();
  }

  abandonRenewal(): void {
    this.#settings.remove("renewal_begun_at");
  }

  async beginRenewal(): Promise<void> {
    if (this.#settings.read("renewal_begun_at") === null) this.#settings.write("renewal_begun_at", Date.now());
    await this.#on.renewal();
  }
}
