/** What whoever runs the Worker sends to `POST /v1/merchants` by admin key. */
export interface CreateMerchantRequest {
  /** 1 to 39 lower-case letters, digits and hyphens. It is part of both keys, and never changes. */
  readonly name: string;
  /** Origins of the pages that may pay: https, or http on the local machine. Returned in the form that browsers send. */
  readonly allowed_origins: readonly string[];
}

/** The answer of `POST /v1/merchants`: the one time that the secret key is shown. */
export interface CreatedMerchant extends Pick<ConnectLink, "connect_url"> {
  readonly merchant: string;
  readonly publishable_key: string;
  readonly secret_key: string;
}

/** The answer of `POST /v1/merchants/{merchant}/connect_link`. */
export interface ConnectLink {
  /** Where the merchant connects Qonto. Whoever opens it first may do so, once. */
  readonly connect_url: string;
  /** ISO 8601. */
  readonly expires_at: string;
}

/** What `PATCH /v1/merchants/{merchant}` takes. */
export type ChangeMerchantRequest = Pick<CreateMerchantRequest, "allowed_origins">;

/** What whoever runs the Worker sends to `POST /v1/merchants/{merchant}/replace_keys`; nothing at all is fine, too. */
export interface ReplaceKeysRequest {
  /**
   * Has nothing more sent to any webhook endpoint, until the merchant enables its own again: who had a key may have made
   * endpoints of their own.
   */
  readonly webhook_endpoints?: "disable" | undefined;
}

/** The answer of `PATCH /v1/merchants/{merchant}`. */
export interface MerchantAnswer extends ChangeMerchantRequest {
  readonly merchant: string;
}

/** The answer of `POST /v1/merchants/{merchant}/disconnect`. */
export interface MerchantDisconnected {
  readonly merchant: string;
  readonly disconnected: true;
  /** False: Qonto could not be brought to end the consent. The merchant can withdraw it in Qonto's app. */
  readonly consent_revoked: boolean;
}
