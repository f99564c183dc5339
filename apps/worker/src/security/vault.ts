import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { deriveKey } from "./derive-key.ts";

/** Marks the format, so that a later one can be told apart. */
const FORMAT = "v1";

/**
 * Keeps secrets at rest: AES-GCM under a key derived from `VAULT_KEY`, a random IV for each, bound to one merchant and one
 * field, so that a sealed text moved elsewhere does not open.
 */
export class Vault {
  readonly #key: Promise<CryptoKey>;
  readonly #merchant: string;

  constructor(vaultKey: Uint8Array, merchant: string) {
    this.#key = deriveKey(vaultKey, "vault", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]);
    this.#merchant = merchant;
  }

  async seal(field: string, secret: string): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      this.#algorithm(iv, field),
      await this.#key,
      new TextEncoder().encode(secret),
    );
    return [FORMAT, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join(".");
  }

  /** @throws when the text was sealed for another merchant or field, with another key, or was changed. */
  async open(field: string, sealed: string): Promise<string> {
    const [format, iv, body] = sealed.split(".");
    if (format !== FORMAT || iv === undefined || body === undefined) throw new TypeError("not a sealed text");
    const opened = await crypto.subtle.decrypt(
      this.#algorithm(fromBase64Url(iv), field),
      await this.#key,
      fromBase64Url(body),
    );
    return new TextDecoder().decode(opened);
  }

  #algorithm(iv: Uint8Array, field: string): SubtleCryptoEncryptAlgorithm {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${this.#merchant}/${field}`) };
  }
}
