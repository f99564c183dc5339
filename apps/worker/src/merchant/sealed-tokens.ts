import type { TokenStore } from "../qonto/access-token.ts";
import type { Tokens } from "../qonto/oauth.ts";
import type { Vault } from "../security/vault.ts";
import type { Settings } from "../storage/settings.ts";

/** The merchant's tokens in storage, both sealed as one, so that a refresh replaces both or neither. */
export class SealedTokens implements TokenStore {
  readonly #settings: Settings;
  readonly #vault: Vault;
  readonly #onRenewal: () => Promise<void>;

  /** @param onRenewal is awaited before the refresh token is used: time to have an alarm set. */
  constructor(settings: Settings, vault: Vault, onRenewal: () => Promise<void>) {
    this.#settings = settings;
    this.#vault = vault;
    this.#onRenewal = onRenewal;
  }

  async read(): Promise<Tokens | null> {
    const sealed = this.#settings.read("sealed_tokens");
    return sealed === null ? null : (JSON.parse(await this.#vault.open("tokens", sealed)) as Tokens);
  }

  async write(tokens: Tokens): Promise<void> {
    this.#settings.write("sealed_tokens", await this.#vault.seal("tokens", JSON.stringify(tokens)));
    this.abandonRenewal();
  }

  abandonRenewal(): void {
    this.#settings.remove("renewal_begun_at");
  }

  async beginRenewal(): Promise<void> {
    if (this.#settings.read("renewal_begun_at") === null) this.#settings.write("renewal_begun_at", Date.now());
    await this.#onRenewal();
  }
}
