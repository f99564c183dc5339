/** Request body of `POST /v1/merchants`, sent by the operator with the admin key. */
export interface CreateMerchantRequest {
  /** 1 to 39 lower-case letters, digits and hyphens. It is part of both keys, and never changes. */
  readonly name: string;
  /**
   * Origins of the pages that may accept payments: https, or http on the local machine. Returned in the form that
   * browsers send.
   */
  readonly allowed_origins: readonly string[];
}

/** Response of `POST /v1/merchants`, the only one that contains the secret key. */
export interface CreatedMerchant extends Pick<ConnectLink, "connect_url"> {
  readonly merchant: string;
  readonly publishable_key: string;
  readonly secret_key: string;
}

/** Response of `POST /v1/merchants/{merchant}/connect_link`. */
export interface ConnectLink {
  /** Where the merchant connects Qonto. It is valid for 7 days and for the first browser that uses it. */
  readonly connect_url: string;
  /** ISO 8601. */
  readonly expires_at: string;
}

/** How long checkouts that have ended are kept, in days. */
export interface Retention {
  /** Checkouts without a payment: 30 to 3,653, by default 396 (13 months). */
  readonly unpaid_days: number;
  /** Checkouts with a payment: 366 to 7,305, by default 3,653 (10 years). Their references stay taken as long. */
  readonly payments_days: number;
}

/** Request body of `PATCH /v1/merchants/{merchant}`. Absent fields stay as they are. */
export interface ChangeMerchantRequest {
  readonly allowed_origins?: CreateMerchantRequest["allowed_origins"] | undefined;
  readonly retention?: { readonly [Name in keyof Retention]?: Retention[Name] | undefined } | undefined;
}

/** Request body of `POST /v1/merchants/{merchant}/replace_keys`, sent by the operator; optional. */
export interface ReplaceKeysRequest {
  /**
   * Disables all webhook endpoints until the merchant enables its own again: a thief of a key may have added endpoints.
   */
  readonly webhook_endpoints?: "disable" | undefined;
}

/** Response of `PATCH /v1/merchants/{merchant}`. */
export interface MerchantAnswer extends Pick<CreateMerchantRequest, "allowed_origins"> {
  readonly merchant: string;
  readonly retention: Retention;
}

/** Body of `PATCH /v1/merchant`. */
export type ChangeOwnMerchantRequest = Pick<CreateMerchantRequest, "allowed_origins">;

/** Response of `POST /v1/merchants/{merchant}/disconnect`. */
export interface MerchantDisconnected {
  readonly merchant: string;
  readonly disconnected: true;
  /** False: Qonto did not confirm the revocation. The merchant can revoke the authorization in Qonto's app. */
  readonly consent_revoked: boolean;
}
