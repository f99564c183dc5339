import type {
  ChangeMerchantRequest,
  ConnectLink,
  CreatedMerchant,
  CreateMerchantRequest,
  MerchantAnswer,
  MerchantDisconnected,
  ReplaceKeysRequest,
  SecretKeyCreated,
} from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";

/**
 * `/v1/merchants`, authenticated with the admin key. A merchant is identified by its name. Calls for an unknown name
 * reject with `merchant_not_found`.
 */
export class Merchants {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Creates a merchant and returns its keys.
   *
   * To get the `secret_key` again, repeat the same request with the same `idempotencyKey`: this works even after 24
   * hours, until the key is revoked or replaced. Each response has a new `connect_url`, valid for 7 days and for one
   * browser.
   *
   * Any other request for this name rejects with `merchant_exists`; with the same `idempotencyKey` within 24 hours, it
   * rejects with `idempotency_key_reused`. So if a response is lost and you gave no `idempotencyKey` of your own, use
   * `replaceKeys`.
   */
  create(body: CreateMerchantRequest, options?: MutationOptions): Promise<CreatedMerchant> {
    return this.#calls.change("POST", ["merchants"], body, options);
  }

  /** Replaces the allowed origins, whose pages may open checkouts, or changes how long ended checkouts are kept. */
  update(merchant: string, body: ChangeMerchantRequest, options?: MutationOptions): Promise<MerchantAnswer> {
    return this.#calls.change("PATCH", ["merchants", merchant], body, options);
  }

  /**
   * Creates a link with which the merchant connects Qonto: for the first time, again, or on another device. It is valid
   * for 7 days and for one browser. The same `idempotencyKey` returns the same link, which may have been used.
   */
  createConnectLink(merchant: string, options?: MutationOptions): Promise<ConnectLink> {
    return this.#calls.change("POST", ["merchants", merchant, "connect_link"], undefined, options);
  }

  /**
   * Revokes every secret key of the merchant at once, and returns a new one.
   *
   * Give an `idempotencyKey` of your own, in case the response is lost: for 24 hours, the same one returns the same
   * key. Without it, call again: the new call revokes the lost key.
   *
   * @param body `webhook_endpoints: "disable"` disables every endpoint until the merchant enables it.
   */
  replaceKeys(merchant: string, body: ReplaceKeysRequest = {}, options?: MutationOptions): Promise<SecretKeyCreated> {
    return this.#calls.change("POST", ["merchants", merchant, "replace_keys"], body, options);
  }

  /**
   * Ends the merchant's consent here, regardless of Qonto's answer; `consent_revoked` shows whether it ended at Qonto
   * as well. Checkouts, products and keys stay. Idempotent.
   */
  disconnect(merchant: string, options?: MutationOptions): Promise<MerchantDisconnected> {
    return this.#calls.change("POST", ["merchants", merchant, "disconnect"], undefined, options);
  }
}
