import type { PageQuery, SecretKeyCreated, SecretKeyPage } from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http/worker-calls.ts";

/** `/v1/keys`: the merchant's secret keys, of which two can be active, so that one can take the place of the other. */
export class Keys {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Makes another key, which is told this once. */
  create(options?: MutationOptions): Promise<SecretKeyCreated> {
    return this.#calls.change("POST", ["keys"], undefined, options);
  }

  /** Oldest first: two at most. */
  list(query?: PageQuery): Promise<SecretKeyPage> {
    return this.#calls.read(["keys"], query);
  }

  /** Ends a key at once, also for the offers it has signed; not the one of this very client. @returns those that are left. */
  revoke(id: string, options?: MutationOptions): Promise<SecretKeyPage> {
    return this.#calls.change("DELETE", ["keys", id], undefined, options);
  }
}
