import type {
  ChangeMerchantRequest,
  ConnectLink,
  CreatedMerchant,
  CreateMerchantRequest,
  MerchantAnswer,
  MerchantDisconnected,
  SecretKeyCreated,
} from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http/worker-calls.ts";

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
   * days and for one browser. Any other request under this name is refused with `merchant_exists`: without an
   * `idempotencyKey` of your own, only `replaceKeys` helps where the answer was lost.
   */
  create(body: CreateMerchantRequest, options?: MutationOptions): Promise<CreatedMerchant> {
    return this.#calls.change("POST", ["merchants"], body, options);
  }

  /** Replaces the origins whose pages may pay. */
  update(merchant: string, body: ChangeMerchantRequest): Promise<MerchantAnswer> {
    return this.#calls.changeAnew("PATCH", ["merchants", merchant], body);
  }

  /**
   * Makes one more link where the merchant connects Qonto: for the first time, again, or on another device. It is good
   * for 7 days and for one browser, and so is one whose answer was lost on the way, which nobody knows.
   */
  createConnectLink(merchant: string): Promise<ConnectLink> {
    return this.#calls.changeAnew("POST", ["merchants", merchant, "connect_link"]);
  }

  /**
   * Ends every secret key of the merchant at once, and makes a new one, told this once.
   *
   * It is sent once, whatever `maxRetries` says. The Worker takes no `Idempotency-Key` for it: of two attempts the one
   * that is carried out last ends the key of the other, and it may be the other whose answer arrived. After a
   * `QontoPayConnectionError` or a status of 5xx, nobody may know a key that is good: call it again, and see that the new
   * key works before it is handed on.
   */
  replaceKeys(merchant: string): Promise<SecretKeyCreated> {
    return this.#calls.changeOnce("POST", ["merchants", merchant, "replace_keys"]);
  }

  /** Ends the merchant's consent, here whatever Qonto answers. Checkouts, products and keys stay. May be repeated. */
  disconnect(merchant: string): Promise<MerchantDisconnected> {
    return this.#calls.changeAnew("POST", ["merchants", merchant, "disconnect"]);
  }
}
