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
 * `/v1/merchants`, by admin key. Those who exist are called by their name; one that is not known is refused with
 * `merchant_not_found`.
 */
export class Merchants {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Makes a merchant. Its `secret_key` is told this once, and again to the same request under the same `idempotencyKey`,
   * with no end after 24 hours, until that key is revoked or replaced. Each answer has one more `connect_url`, good for 7
   * days and for one browser. Any other request under this name is refused with `merchant_exists`, or under the same key
   * within 24 hours with `idempotency_key_reused`: without an `idempotencyKey` of your own, only `replaceKeys` helps where
   * the answer was lost.
   */
  create(body: CreateMerchantRequest, options?: MutationOptions): Promise<CreatedMerchant> {
    return this.#calls.change("POST", ["merchants"], body, options);
  }

  /** Replaces the origins whose pages may pay. */
  update(merchant: string, body: ChangeMerchantRequest, options?: MutationOptions): Promise<MerchantAnswer> {
    return this.#calls.change("PATCH", ["merchants", merchant], body, options);
  }

  /**
   * Makes one more link where the merchant connects Qonto: for the first time, again, or on another device. It is good
   * for 7 days and for one browser. Under the same `idempotencyKey` it is the same one, which may have been used.
   */
  createConnectLink(merchant: string, options?: MutationOptions): Promise<ConnectLink> {
    return this.#calls.change("POST", ["merchants", merchant, "connect_link"], undefined, options);
  }

  /**
   * Ends every secret key of the merchant at once, and makes a new one, told this once.
   *
   * Where the answer may get lost, give an `idempotencyKey` of your own: for 24 hours the same one gets the same key again.
   * Without, another call ends the key that nobody was told.
   *
   * @param body `webhook_endpoints: "disable"` has nothing more sent to any endpoint until the merchant enables its own.
   */
  replaceKeys(merchant: string, body: ReplaceKeysRequest = {}, options?: MutationOptions): Promise<SecretKeyCreated> {
    return this.#calls.change("POST", ["merchants", merchant, "replace_keys"], body, options);
  }

  /**
   * Ends the merchant's consent here, regardless of Qonto's answer; `consent_revoked` says whether it ended at Qonto as well.
   * Checkouts, products and keys stay. May be repeated.
   */
  disconnect(merchant: string, options?: MutationOptions): Promise<MerchantDisconnected> {
    return this.#calls.change("POST", ["merchants", merchant, "disconnect"], undefined, options);
  }
}
