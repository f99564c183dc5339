import type { Page } from "../values/page.ts";

/** A secret key in the list of keys. The Worker does not store the key itself. */
export interface SecretKeyInfo {
  readonly id: string;
  /** The last 4 characters of the key, to tell keys apart. */
  readonly ends_with: string;
  /** ISO 8601. */
  readonly created_at: string;
}

/** Response of `POST /v1/keys`, the only one that contains the key itself. */
export interface SecretKeyCreated extends SecretKeyInfo {
  readonly secret_key: string;
}

/** Response of `GET /v1/keys`, oldest first. */
export type SecretKeyPage = Page<SecretKeyInfo>;
