import type { ChangeOwnMerchantRequest, ConnectLink, MerchantAnswer, MerchantDisconnected } from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";

/** `/v1/merchant`: the merchant's own settings. */
export class OwnMerchant {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Returns the allowed origins, and how long ended checkouts are kept. */
  get(): Promise<MerchantAnswer> {
    return this.#calls.read(["merchant"]);
  }

  /** Replaces the origins whose pages may open checkouts. */
  update(body: ChangeOwnMerchantRequest, options?: MutationOptions): Promise<MerchantAnswer> {
    return this.#calls.change("PATCH", ["merchant"], body, options);
  }

  /** Creates a link where the merchant connects Qonto, or reauthorizes. */
  createConnectLink(options?: MutationOptions): Promise<ConnectLink> {
    return this.#calls.change("POST", ["merchant", "connect_link"], undefined, options);
  }

  /** Disconnects Qonto: payments stop until the merchant connects again. */
  disconnect(options?: MutationOptions): Promise<MerchantDisconnected> {
    return this.#calls.change("POST", ["merchant", "disconnect"], undefined, options);
  }
}
