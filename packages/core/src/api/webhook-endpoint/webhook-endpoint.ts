import type { MerchantEventData, MerchantEventType } from "../event/event.ts";
import type { Page } from "../values/page.ts";

/** What a merchant's server sends to `POST /v1/webhook_endpoints`. */
export interface CreateWebhookEndpointRequest {
  /** https, port 443, a public name. It is stored in the form of the URL parser. */
  readonly url: string;
  /** Which events it takes; where not given all of them, also those that later versions add. */
  readonly event_types?: readonly MerchantEventType[] | undefined;
  /** For people, at most 200 characters. */
  readonly description?: string | undefined;
}

/** What a merchant's server sends to `PATCH /v1/webhook_endpoints/{id}`. What is not given stays as it is. */
export interface UpdateWebhookEndpointRequest {
  readonly url?: string | undefined;
  /** Null: all of them. */
  readonly event_types?: readonly MerchantEventType[] | null | undefined;
  readonly description?: string | null | undefined;
  /** What waits at an endpoint that is enabled again is sent at once. */
  readonly enabled?: boolean | undefined;
}

/** An address of the merchant's that is told of events. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** Null: all of them, also those that later versions add. */
  readonly event_types: readonly MerchantEventType[] | null;
  readonly description: string | null;
  readonly enabled: boolean;
  /** Why it was disabled without being asked: it answered `410 Gone`. Null otherwise. */
  readonly disabled_reason: "gone" | null;
  /** Until when the secret before the present one signs as well, ISO 8601; null: it does not. */
  readonly previous_secret_until: string | null;
  /** ISO 8601. */
  readonly created_at: string;
}

/** An endpoint with its new secret, `whsec_` and base64: shown this once. */
export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  readonly secret: string;
}

/** The answer of `GET /v1/webhook_endpoints`, oldest first: all of them, since there are 5 at most. */
export type WebhookEndpointPage = Page<WebhookEndpoint>;

/** `pending`: it is to be sent, or sent again. `dead`: it was tried for about 3 days and is not tried any more. */
export const DELIVERY_STATUSES = ["pending", "delivered", "dead"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * Why the last attempt failed: no answer in time, no answer at all, a redirect, another status than 2xx, or an address
 * that may not be sent to any more.
 */
export type DeliveryProblem = "timeout" | "network" | "redirect" | "status" | "address";

/** An event on its way to an endpoint. */
export interface Delivery {
  readonly id: string;
  readonly event_id: string;
  readonly event_type: MerchantEventType;
  readonly status: DeliveryStatus;
  /** How often it was sent since it was made, or replayed. */
  readonly attempts: number;
  /** The HTTP status of the last answer; null where there was none. */
  readonly last_status: number | null;
  readonly last_problem: DeliveryProblem | null;
  /**
   * ISO 8601. Null for what is not sent again, for what waits for an earlier one of the same checkout, and while the
   * endpoint is disabled.
   */
  readonly next_attempt_at: string | null;
  /** ISO 8601. */
  readonly created_at: string;
}

/** The query of `GET /v1/webhook_endpoints/{id}/deliveries`, oldest first. */
export interface DeliveriesQuery {
  readonly status?: DeliveryStatus | undefined;
  /** Id of the last delivery of the page before. */
  readonly after?: string | undefined;
  /** 1 to 100; 100 where not given. */
  readonly limit?: number | undefined;
}

/** The last one's `id` is the `after` of the next page. */
export type DeliveryPage = Page<Delivery>;

/** What a merchant's server sends to `POST /v1/webhook_endpoints/{id}/replay`. */
export interface ReplayRequest {
  /** ISO 8601, not more than 30 days ago. */
  readonly since: string;
}

/** How many deliveries will be sent: those that were dead, and those of events that the endpoint was never sent. */
export interface ReplayAnswer {
  readonly replayed: number;
}

/** The body of a webhook of ours, as Standard Webhooks has it. `id` is also its `webhook-id`. */
export interface ShopWebhook {
  readonly id: string;
  readonly type: MerchantEventType;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: MerchantEventData;
}
