import { fromBase64Url, toBase64Url } from "@qonto-pay/web/base64";
import { deriveKey } from "./derive-key.ts";
import { digestBytes } from "./digest.ts";

/** Marks the format, to distinguish it from later ones. */
const FORMAT = "v2";

/** A key, and the name by which encrypted texts refer to it. */
interface NamedKey {
  readonly name: string;
  readonly key: CryptoKey;
}

/**
 * Encrypts secrets at rest: AES-GCM under a key derived from `VAULT_KEY`, with a random IV each. A text is bound to one
 * merchant and one field, so a copy elsewhere can't be decrypted. It names its key, so that keys can be replaced.
 */
export class Vault {
  readonly #keys: Promise<readonly NamedKey[]>;
  readonly #merchant: string;

  /** @param vaultKeys the first one encrypts, all of them decrypt. */
  constructor(vaultKeys: readonly [Uint8Array, ...Uint8Array[]], merchant: string) {
    this.#keys = Promise.all(vaultKeys.map(namedKeyOf));
    this.#merchant = merchant;
  }

  async encrypt(field: string, secret: string): Promise<string> {
    const [current] = await this.#keys;
    if (current === undefined) throw new TypeError("the vault has no key");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(
      this.#algorithm(iv, field),
      current.key,
      new TextEncoder().encode(secret),
    );
    return [FORMAT, current.name, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join(".");
  }

  /** @throws for a text that was changed, or encrypted for another merchant or field or with an unknown key. */
  async decrypt(field: string, sealed: string): Promise<string> {
    const [format, name, ivText = "", bodyText = ""] = sealed.split(".");
    const [iv, body] = [fromBase64Url(ivText), fromBase64Url(bodyText)];
    const known = (await this.#keys).find((candidate) => candidate.name === name);
    if (format !== FORMAT || known === undefined || iv === null || body === null) {
      throw new TypeError("the text is not encrypted, or its key was removed");
    }
    const opened = await crypto.subtle.decrypt(this.#algorithm(iv, field), known.key, body);
    return new TextDecoder().decode(opened);
  }

  /** Whether a text was encrypted with the current key. */
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
  // A few bits of the hash of 256 random bits distinguish the keys and reveal nothing.
  const digest = new Uint8Array(await digestBytes(`vault key name ${toBase64Url(vaultKey)}`));
  return { name: toBase64Url(digest.slice(0, 6)), key };
}
