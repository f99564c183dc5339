import type { MerchantEventData, MerchantEventType } from "../event/event.ts";
import type { Page } from "../values/page.ts";

/** Request body of `POST /v1/webhook_endpoints`. */
export interface CreateWebhookEndpointRequest {
  /** https, port 443, a public host name. It is stored in the form of the URL parser. */
  readonly url: string;
  /** The types of events that it receives; by default all types, including those that later versions add. */
  readonly event_types?: readonly MerchantEventType[] | undefined;
  /** A text for people, at most 200 characters. */
  readonly description?: string | undefined;
}

/** Request body of `PATCH /v1/webhook_endpoints/{id}`. An absent field stays unchanged. */
export interface UpdateWebhookEndpointRequest {
  readonly url?: string | undefined;
  /** Null: all types. */
  readonly event_types?: readonly MerchantEventType[] | null | undefined;
  readonly description?: string | null | undefined;
  /** When an endpoint is enabled again, the Worker sends its pending deliveries at once. */
  readonly enabled?: boolean | undefined;
}

/** An address of the merchant that receives events. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** Null: all types, including those that later versions add. */
  readonly event_types: readonly MerchantEventType[] | null;
  readonly description: string | null;
  readonly enabled: boolean;
  /** Why the Worker disabled it automatically: it answered `410 Gone`. Null otherwise. */
  readonly disabled_reason: "gone" | null;
  /** When the previous secret stops signing, ISO 8601; null: it has stopped. */
  readonly previous_secret_until: string | null;
  /** ISO 8601. */
  readonly created_at: string;
}

/** An endpoint with its new secret, `whsec_` and base64, which is returned only once. */
export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  readonly secret: string;
}

/** Response of `GET /v1/webhook_endpoints`, oldest first: all of them, 5 at most. */
export type WebhookEndpointPage = Page<WebhookEndpoint>;

/** `pending`: it will be sent, or retried. `dead`: the Worker stopped after about 3 days of retries. */
export const DELIVERY_STATUSES = ["pending", "delivered", "dead"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * Why the last attempt failed: no answer in time, no answer at all, a redirect, a status other than 2xx, or an address
 * that is no longer allowed.
 */
export type DeliveryProblem = "timeout" | "network" | "redirect" | "status" | "address";

/** The delivery of an event to an endpoint. */
export interface Delivery {
  readonly id: string;
  readonly event_id: string;
  readonly event_type: MerchantEventType;
  readonly status: DeliveryStatus;
  /** Number of attempts since the delivery was created or replayed. */
  readonly attempts: number;
  /** The HTTP status of the last answer; null if there was none. */
  readonly last_status: number | null;
  readonly last_problem: DeliveryProblem | null;
  /**
   * ISO 8601. Null after the last attempt, while an earlier delivery of the same checkout is pending, and while the
   * endpoint is disabled.
   */
  readonly next_attempt_at: string | null;
  /** ISO 8601. */
  readonly created_at: string;
}

/** The query of `GET /v1/webhook_endpoints/{id}/deliveries`, oldest first. */
export interface DeliveriesQuery {
  readonly status?: DeliveryStatus | undefined;
  /** Id of the last delivery of the previous page. */
  readonly after?: string | undefined;
  /** 1 to 100, 100 by default. */
  readonly limit?: number | undefined;
}

/** The last item's `id` is the `after` of the next page. */
export type DeliveryPage = Page<Delivery>;

/** Request body of `POST /v1/webhook_endpoints/{id}/replay`. */
export interface ReplayRequest {
  /** ISO 8601, not more than 30 days ago. */
  readonly since: string;
}

/**
 * Number of deliveries that will be sent: those that were dead, and those of events that were never sent to the
 * endpoint.
 */
export interface ReplayAnswer {
  readonly replayed: number;
}

/** The body of a webhook to the shop, in the form of Standard Webhooks. `id` is also its `webhook-id`. */
export interface ShopWebhook {
  readonly id: string;
  readonly type: MerchantEventType;
  /** When the change happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: MerchantEventData;
}
