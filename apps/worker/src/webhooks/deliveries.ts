import type { DeliveriesQuery, Delivery, DeliveryPage, ReplayAnswer, ReplayRequest } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { StoredDelivery } from "../storage/deliveries.ts";
import type { StoredEndpoint } from "../storage/webhook-endpoints.ts";
import { requireEndpoint, type WhichEndpoint } from "./webhook-endpoints.ts";
import { pageOf, unknownAfter } from "../context/list-page.ts";

/** Completed deliveries are stored for as long, so an earlier event may have been delivered already. */
const REPLAY_WITHIN_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Lists the deliveries to an endpoint, oldest first. @throws ApiError `webhook_endpoint_not_found`; `invalid_request`.
 */
export function listDeliveries(
  merchant: MerchantContext,
  { id, query }: WhichEndpoint & { readonly query: DeliveriesQuery },
): DeliveryPage {
  const endpoint = requireEndpoint(merchant, { id });
  const { status = null, after, limit = 100 } = query;
  const found = merchant.deliveries.list(id, { status, after, limit: limit + 1 });
  if (found === null) {
    throw unknownAfter("There is no delivery with this id, or it was deleted.");
  }
  const { data, has_more } = pageOf(found, limit);
  return { data: data.map((delivery) => answerOf(endpoint, delivery)), has_more };
}

/**
 * Schedules one delivery again, in any status, with a new retry schedule.
 *
 * @throws ApiError `webhook_endpoint_not_found`, `delivery_not_found`.
 */
export function replayDelivery(
  merchant: MerchantContext,
  { id, deliveryId }: WhichEndpoint & { readonly deliveryId: string },
): Delivery {
  const endpoint = requireEndpoint(merchant, { id });
  const delivery = merchant.deliveries.find(id, deliveryId);
  if (delivery === null) throw new ApiError("delivery_not_found");
  merchant.deliveries.replay(delivery, Date.now());
  const replayed = merchant.deliveries.find(id, deliveryId) ?? delivery;
  merchant.dispatchSoon();
  return answerOf(endpoint, replayed);
}

/**
 * Schedules every event that was created since a time and was not delivered.
 *
 * @throws ApiError `webhook_endpoint_not_found`; `invalid_request` for a time more than 30 days ago.
 */
export function replaySince(
  merchant: MerchantContext,
  { id, request }: WhichEndpoint & { readonly request: ReplayRequest },
): ReplayAnswer {
  const { eventTypes } = requireEndpoint(merchant, { id });
  const [since, now] = [Date.parse(request.since), Date.now()];
  if (since < now - REPLAY_WITHIN_MS) {
    throw new ApiError("invalid_request", {
      param: "since",
      message: "The field since must not be more than 30 days ago.",
    });
  }
  const replayed = merchant.deliveries.replaySince(id, since, eventTypes, now);
  merchant.dispatchSoon();
  return { replayed };
}

function answerOf({ isEnabled }: StoredEndpoint, delivery: StoredDelivery): Delivery {
  const { dueAt } = delivery;
  return {
    id: delivery.id,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    status: delivery.status,
    attempts: delivery.attempts,
    last_status: delivery.lastStatus,
    last_problem: delivery.lastProblem,
    next_attempt_at: isEnabled && dueAt !== null ? new Date(dueAt).toISOString() : null,
    created_at: new Date(delivery.createdAt).toISOString(),
  };
}
