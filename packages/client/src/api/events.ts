import type { EventPage, EventsQuery, MerchantEvent } from "@qonto-pay/core/api";
import { followPages } from "../http/follow-pages.ts";
import type { WorkerCalls } from "../http/worker-calls.ts";

/** `/v1/events`: everything that happened, for catching up. */
export class Events {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** One page, oldest first. */
  list(query?: EventsQuery): Promise<EventPage> {
    return this.#calls.read(["events"], query);
  }

  /** Everything since the event `after`, oldest first, up to now. `limit` is the size of a page. */
  listAll(query: EventsQuery = {}): AsyncGenerator<MerchantEvent, void, undefined> {
    return followPages(query.after, (after) => this.list({ ...query, after }));
  }
}
