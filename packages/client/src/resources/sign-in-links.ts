import type {
  CreateSignInLinkRequest,
  PageQuery,
  SignInLink,
  SignInLinkInfo,
  SignInLinkPage,
} from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import type { ListPromise } from "../pagination.ts";

/** `/v1/console/sign_in_links`: links that sign one browser in to the merchant's console, once. */
export class SignInLinks {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Creates a link. Its `url` is returned only once. */
  create(body: CreateSignInLinkRequest, options?: MutationOptions): Promise<SignInLink> {
    return this.#calls.change("POST", ["console", "sign_in_links"], body, options);
  }

  /** Lists the unused links, the latest first. */
  list(query?: PageQuery): ListPromise<SignInLinkInfo> {
    return this.#calls.list(["console", "sign_in_links"], query);
  }

  /**
   * Deletes an unused link.
   *
   * @returns the remaining links.
   */
  delete(id: string, options?: MutationOptions): Promise<SignInLinkPage> {
    return this.#calls.change("DELETE", ["console", "sign_in_links", id], undefined, options);
  }
}
