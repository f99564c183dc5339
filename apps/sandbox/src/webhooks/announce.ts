import { randomUUID } from "node:crypto";
import type { Delivery, WebhookSubscription } from "../state/state.ts";
import type { World } from "../world.ts";
import type { EventType } from "./event-type.ts";

/**
 * Sends an event to every subscription of its type. Depending on the webhook mode, it is sent once, twice, never, or
 * when it is released. Each subscription receives its own event with its own id.
 */
export function announce(world: World, type: EventType, data: object): void {
  const { state } = world.store;
  world.store.changed();
  if (state.webhook_mode === "drop") return;
  const queue = state.webhook_mode === "hold" ? state.held : state.deliveries;
  for (const subscription of state.webhook_subscriptions.values()) {
    if (!subscription.types.includes(type)) continue;
    const delivery = newDelivery(world, subscription, type, data);
    queue.set(delivery.id, delivery);
    if (state.webhook_mode !== "duplicate") continue;
    const again = { ...delivery, id: randomUUID() };
    queue.set(again.id, again);
  }
  world.deliveries.wake();
}

function newDelivery(world: World, subscription: WebhookSubscription, type: EventType, data: object): Delivery {
  const now = world.clock.iso();
  const event = {
    id: world.clock.newId(),
    subscription_id: subscription.id,
    organization_id: subscription.organization_id,
    membership_id: subscription.membership_id,
    type,
    created_at: now,
    data,
  };
  return {
    id: randomUUID(),
    subscription_id: subscription.id,
    body: JSON.stringify(event),
    created_at: now,
    attempts: 0,
    due_at: now,
  };
}
