import type {
  CreateWebhookEndpointRequest,
  DeliveriesQuery,
  Delivery,
  PageQuery,
  ReplayAnswer,
  ReplayRequest,
  UpdateWebhookEndpointRequest,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
} from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import type { ListPromise } from "../pagination.ts";

/** `/v1/webhook_endpoints`: the shop's addresses that receive events. */
export class WebhookEndpoints {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Creates an endpoint. Its `secret`, for `verifyWebhook`, is returned only once. */
  create(body: CreateWebhookEndpointRequest, options?: MutationOptions): Promise<WebhookEndpointWithSecret> {
    return this.#calls.change("POST", ["webhook_endpoints"], body, options);
  }

  /** Lists the endpoints, oldest first: 5 at most. */
  list(query?: PageQuery): ListPromise<WebhookEndpoint> {
    return this.#calls.list(["webhook_endpoints"], query);
  }

  get(id: string): Promise<WebhookEndpoint> {
    return this.#calls.read(["webhook_endpoints", id]);
  }

  /** Changes the given fields. */
  update(id: string, body: UpdateWebhookEndpointRequest, options?: MutationOptions): Promise<WebhookEndpoint> {
    return this.#calls.change("PATCH", ["webhook_endpoints", id], body, options);
  }

  /** Deletes an endpoint and its deliveries. */
  delete(id: string, options?: MutationOptions): Promise<void> {
    return this.#calls.change("DELETE", ["webhook_endpoints", id], undefined, options);
  }

  /** Creates a new secret, which is returned only once. The old one also signs for 24 hours. */
  rotateSecret(id: string, options?: MutationOptions): Promise<WebhookEndpointWithSecret> {
    return this.#calls.change("POST", ["webhook_endpoints", id, "rotate_secret"], undefined, options);
  }

  /** Lists sent and pending deliveries: a page if awaited, all of them if iterated. `limit` is the size of a page. */
  deliveries(id: string, query?: DeliveriesQuery): ListPromise<Delivery> {
    return this.#calls.list(["webhook_endpoints", id, "deliveries"], query);
  }

  /** Sends one delivery again. */
  replayDelivery(id: string, deliveryId: string, options?: MutationOptions): Promise<Delivery> {
    const path = ["webhook_endpoints", id, "deliveries", deliveryId, "replay"];
    return this.#calls.change("POST", path, undefined, options);
  }

  /** Sends all undelivered events since a time again. */
  replay(id: string, body: ReplayRequest, options?: MutationOptions): Promise<ReplayAnswer> {
    return this.#calls.change("POST", ["webhook_endpoints", id, "replay"], body, options);
  }
}
