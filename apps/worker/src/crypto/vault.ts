import { fromBase64Url, toBase64Url } from "@qonto-pay/web/base64";
import { deriveKey } from "./derive-key.ts";
import { digestBytes } from "./digest.ts";

/** Marks the format, so that a later one can be told apart. */
const FORMAT = "v2";

/** A key, and the name that sealed texts know it by. */
interface NamedKey {
  readonly name: string;
  readonly key: CryptoKey;
}

/**
 * Keeps secrets at rest: AES-GCM under a key derived from `VAULT_KEY`, a random IV for each, bound to one merchant and one
 * field, so that a sealed text moved elsewhere does not open. A sealed text names its key, so that keys can be replaced.
 */
export class Vault {
  readonly #keys: Promise<readonly NamedKey[]>;
  readonly #merchant: string;

  /** @param vaultKeys the first one seals, all of them open. */
  constructor(vaultKeys: readonly [Uint8Array, ...Uint8Array[]], merchant: string) {
    this.#keys = Promise.all(vaultKeys.map(namedKeyOf));
    this.#merchant = merchant;
  }

  async encrypt(field: string, secret: string): Promise<string> {
    const [current] = await this.#keys;
    if (current === undefined) throw new TypeError("a vault without a key");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      this.#algorithm(iv, field),
      current.key,
      new TextEncoder().encode(secret),
    );
    return [FORMAT, current.name, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join(".");
  }

  /** @throws when the text was sealed for another merchant or field, with another key, or was changed. */
  async decrypt(field: string, sealed: string): Promise<string> {
    const [format, name, ivText = "", bodyText = ""] = sealed.split(".");
    const [iv, body] = [fromBase64Url(ivText), fromBase64Url(bodyText)];
    const known = (await this.#keys).find((candidate) => candidate.name === name);
    if (format !== FORMAT || known === undefined || iv === null || body === null) {
      throw new TypeError("not a sealed text, or sealed with a key that is gone");
    }
    const opened = await crypto.subtle.decrypt(this.#algorithm(iv, field), known.key, body);
    return new TextDecoder().decode(opened);
  }

  /** Whether a text was sealed with the key that seals now. */
  async isCurrent(sealed: string): Promise<boolean> {
    const [format, name] = sealed.split(".");
    const [current] = await this.#keys;
    return format === FORMAT && name === current?.name;
  }

  #algorithm(iv: Uint8Array, field: string): SubtleCryptoEncryptAlgorithm {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${this.#merchant}/${field}`) };
  }
}

async function namedKeyOf(vaultKey: Uint8Array): Promise<NamedKey> {
  const key = await deriveKey(vaultKey, "vault", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]);
  // A few bits of a hash of 256 random ones: enough to tell keys apart, and of no use otherwise.
  const digest = new Uint8Array(await digestBytes(`vault key name ${toBase64Url(vaultKey)}`));
  return { name: toBase64Url(digest.slice(0, 6)), key };
}
