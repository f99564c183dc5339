import type { ConsoleSessionInfo, ConsoleSessionPage, PageQuery } from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import type { ListPromise } from "../pagination.ts";

/** `/v1/console/sessions`: the browsers that are signed in to the merchant's console. */
export class ConsoleSessions {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Lists the sessions, the latest sign-in first. */
  list(query?: PageQuery): ListPromise<ConsoleSessionInfo> {
    return this.#calls.list(["console", "sessions"], query);
  }

  /**
   * Ends a session at once.
   *
   * @returns the remaining sessions.
   */
  revoke(id: string, options?: MutationOptions): Promise<ConsoleSessionPage> {
    return this.#calls.change("DELETE", ["console", "sessions", id], undefined, options);
  }
}
