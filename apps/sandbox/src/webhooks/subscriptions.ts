import { randomBytes } from "node:crypto";
import * as z from "zod";
import { badRequest, notFound } from "../api/api-error.ts";
import { pageOf } from "../api/page.ts";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json, noContent } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { isLoopback } from "../http/loopback.ts";
import type { WebhookSubscription } from "../state/state.ts";
import type { World } from "../world.ts";
import { webhookSecretSchema } from "./webhook-secret.ts";

/** Accepts https, as documented. Accepts plain http only for this machine, which seldom has a certificate. */
function isCallbackUrl(text: string): boolean {
  return URL.canParse(text) && (new URL(text).protocol === "https:" || isLoopback(text));
}

/** Qonto has dozens of types and adds more, so only their format is checked. */
const EVENT_TYPE = /^v\d+(\/[a-z][a-z0-9_-]*)+$/;

/** The text was observed for a PUT without the address. A PUT replaces all fields. */
function missingAddress({ input }: { readonly input?: unknown }): string | undefined {
  return input === undefined ? "CallbackURL is missing" : undefined;
}

const subscriptionSchema = z.object({
  callback_url: z.string({ error: missingAddress }).max(512).refine(isCallbackUrl, "must be an https URL"),
  types: z.array(z.string().regex(EVENT_TYPE, "must be an event type, like v1/payment-links")).min(1),
  secret: webhookSecretSchema.optional(),
  description: z.string().max(256).optional(),
});

/** Handles `POST /v2/webhook_subscriptions`. Without a secret, the sandbox generates one. */
export function createWebhookSubscription(world: World, call: Call): Answer {
  const body = parseBody(subscriptionSchema, call);
  const { id, membership_id } = world.store.state.organization;
  const now = world.clock.iso();
  const subscription: WebhookSubscription = {
    id: world.clock.newId(),
    organization_id: id,
    membership_id,
    ...body,
    secret: body.secret ?? randomBytes(32).toString("hex"),
    created_at: now,
    updated_at: now,
  };
  world.store.state.webhook_subscriptions.set(subscription.id, subscription);
  world.store.changed();
  return json(201, { ...show(world, subscription), secret: subscription.secret });
}

/** Handles `GET /v2/webhook_subscriptions`. */
export function listWebhookSubscriptions(world: World, call: Call): Answer {
  const { records, meta } = pageOf(call, [...world.store.state.webhook_subscriptions.values()]);
  return json(200, { subscriptions: records.map((record) => show(world, record)), meta });
}

/** Handles `GET /v2/webhook_subscriptions/{id}`. */
export function getWebhookSubscription(world: World, call: Call): Answer {
  return json(200, show(world, find(world, call)));
}

/**
 * Handles `PUT /v2/webhook_subscriptions/{id}`: replaces all fields except the secret, which stays if none is sent.
 * Whether a sent secret has an effect is not documented; the behaviour accepts, ignores or rejects it.
 */
export function updateWebhookSubscription(world: World, call: Call): Answer {
  const subscription = find(world, call);
  const { callback_url, types, description, secret } = parseBody(subscriptionSchema, call);
  const handling = world.store.state.behaviour.switches.subscription_put_secret;
  if (secret !== undefined && handling === "reject") throw badRequest("The secret cannot be changed", "/secret");
  Object.assign(subscription, { callback_url, types, description, updated_at: world.clock.iso() });
  if (secret !== undefined && handling === "accept") subscription.secret = secret;
  world.store.changed();
  return json(200, show(world, subscription));
}

/** Handles `DELETE /v2/webhook_subscriptions/{id}`. */
export function deleteWebhookSubscription(world: World, call: Call): Answer {
  const subscription = find(world, call);
  world.store.state.webhook_subscriptions.delete(subscription.id);
  world.store.changed();
  return noContent();
}

/**
 * Returns a subscription as answers after its creation show it. Only the creation's answer always contains the secret.
 */
function show({ store }: World, subscription: WebhookSubscription): object {
  const { subscription_description, subscription_secret } = store.state.behaviour.switches;
  const { secret, description, ...bare } = subscription;
  const rest = subscription_description === "answered" ? { ...bare, description } : bare;
  switch (subscription_secret) {
    case "create_only":
      return rest;
    case "null_later":
      return { ...rest, secret: null };
    case "always":
      return { ...rest, secret };
  }
}

function find(world: World, call: Call): WebhookSubscription {
  const subscription = world.store.state.webhook_subscriptions.get(call.params["id"] ?? "");
  if (subscription === undefined) throw notFound("Webhook subscription not found");
  return subscription;
}
