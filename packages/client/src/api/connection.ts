import type { ConnectionAnswer } from "@qonto-pay/core/api";
import type { CreateConnection } from "@qonto-pay/core/qonto";
import type { MutationOptions, WorkerCalls } from "../http/worker-calls.ts";

/** `/v1/connection`: the merchant's connection to the payment provider. */
export class Connection {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** How it stands at Qonto now. Refused with `connection_not_found` where there is none. */
  get(): Promise<ConnectionAnswer> {
    return this.#calls.read(["connection"]);
  }

  /** Connects a bank account. The merchant finishes at `connection_location`. */
  create(body: CreateConnection, options?: MutationOptions): Promise<ConnectionAnswer> {
    return this.#calls.change("POST", ["connection"], body, options);
  }
}
