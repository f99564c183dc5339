import type { Page } from "../values/page.ts";

/** A secret key as the list of keys shows it: what it was made of is stored nowhere. */
export interface SecretKeyInfo {
  readonly id: string;
  /** Its last 4 characters, to tell keys apart. */
  readonly ends_with: string;
  /** ISO 8601. */
  readonly created_at: string;
}

/** The answer of `POST /v1/keys`: the only time that the key itself is told. */
export interface SecretKeyCreated extends SecretKeyInfo {
  readonly secret_key: string;
}

/** The answer of `GET /v1/keys`, oldest first. */
export type SecretKeyPage = Page<SecretKeyInfo>;
