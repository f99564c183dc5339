import type { TokenStore } from "../qonto/access-token.ts";
import type { Tokens } from "../qonto/oauth.ts";
import type { Vault } from "../crypto/vault.ts";
import type { Settings } from "../storage/settings.ts";

/** A refresh token is valid for 90 days. An unused one is replaced long before. */
const RENEW_UNUSED_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * The merchant's tokens in storage, both encrypted as one value, so that a refresh replaces both or neither. The alarm
 * renews them: see `connection/renew-authorization.ts`.
 */
export class EncryptedTokens implements TokenStore {
  readonly #settings: Settings;
  readonly #vault: Vault;

  constructor(settings: Settings, vault: Vault) {
    this.#settings = settings;
    this.#vault = vault;
  }

  async read(): Promise<Tokens | null> {
    const sealed = this.#settings.read("sealed_tokens");
    return sealed === null ? null : (JSON.parse(await this.#vault.decrypt("tokens", sealed)) as Tokens);
  }

  async write(tokens: Tokens): Promise<void> {
    const sealed = await this.#vault.encrypt("tokens", JSON.stringify(tokens));
    const now = Date.now();
    const known = this.#settings.read("consent");
    const givenAt = known === null || known.lostAt !== null ? now : known.givenAt;
    this.#settings.write("sealed_tokens", sealed);
    const renewAt = now + RENEW_UNUSED_AFTER_MS;
    this.#settings.write("consent", { givenAt, refreshedAt: now, renewAt, lostAt: null, warnedAt: null });
    this.abandonRenewal();
  }

  forget(): void {
    this.#settings.remove("sealed_tokens");
    this.abandonRenewal();
    const known = this.#settings.read("consent");
    if (known !== null) this.#settings.write("consent", { ...known, lostAt: Date.now() });
  }

  abandonRenewal(): void {
    this.#settings.remove("renewal_begun_at");
    this.#settings.remove("renewal_try_at");
  }

  beginRenewal(): boolean {
    const wasBegun = this.#settings.read("renewal_begun_at") !== null;
    if (!wasBegun) this.#settings.write("renewal_begun_at", Date.now());
    return wasBegun;
  }
}
