import { env } from "cloudflare:test";
import { expect } from "vitest";
import { eventually } from "./eventually.ts";
import { moveClock, ringAlarm } from "./object/merchant-object.ts";
import { control } from "./sandbox.ts";
import { answerAsServer, openServerCheckout, type ServerCheckout } from "./server.ts";

/** Controls of the shops that receive the Worker's webhooks: see `test/shop-server.ts`. */
const shopServerUrl = (env as unknown as { SHOP_SERVER_URL: string }).SHOP_SERVER_URL;

interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly disabled_reason: string | null;
  readonly previous_secret_until: string | null;
}

export interface DeliveryAnswer {
  readonly id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly status: string;
  readonly attempts: number;
  readonly last_status: number | null;
  readonly last_problem: string | null;
  readonly next_attempt_at: string | null;
}

async function controlShops(method: string, body?: unknown) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${shopServerUrl}/_shop`, init);
  return answer.json<{ received: readonly ReceivedWebhook[]; most_at_once: number }>();
}

/** Resets the received webhooks and the scripted answers, and ends open requests. */
export function resetShops(): Promise<unknown> {
  return controlShops("DELETE");
}

/** Scripts the answers of the shop at a path, one for each webhook. The last answer is repeated. */
export function scriptShop(path: string, ...answers: readonly Record<string, unknown>[]): Promise<unknown> {
  return controlShops("PUT", { path, answers });
}

/** Returns the webhooks that arrived at a path, oldest first. */
export async function receivedAt(path: string): Promise<readonly ReceivedWebhook[]> {
  return (await controlShops("GET")).received.filter((webhook) => webhook.path === path);
}

/** Returns the webhooks that arrived at a path as `{type} {last characters of the checkout's id}`. */
export async function toldAt(path: string): Promise<readonly string[]> {
  return (await receivedAt(path)).map(({ body }) => {
    const { type, data } = JSON.parse(body) as { type: string; data: { checkout?: { id: string } } };
    return `${type} ${data.checkout?.id}`;
  });
}

export async function mostWebhooksAtOnce(): Promise<number> {
  return (await controlShops("GET")).most_at_once;
}

/** The ports of the shops, each on one loopback address; those of `::1` only if the machine has it. */
export function shopPorts(): readonly (readonly [address: string, port: string])[] {
  const { SHOP_SERVER_IPV6_PORT: ipv6 } = env as unknown as { SHOP_SERVER_IPV6_PORT: string };
  return [["127.0.0.1", new URL(shopServerUrl).port], ...(ipv6 === "" ? [] : [["::1", ipv6] as const])];
}

export function shopUrl(path: string): string {
  return `${shopServerUrl}${path}`;
}

/** Creates an endpoint of the merchant at a path of the shops. */
export function openEndpoint(path: string, settings: Record<string, unknown> = {}): Promise<Endpoint> {
  return answerAsServer("POST", "webhook_endpoints", { body: { url: shopUrl(path), ...settings } });
}

export function readEndpoint(id: string): Promise<Endpoint> {
  return answerAsServer("GET", `webhook_endpoints/${id}`);
}

export async function deliveriesOf({ id }: Pick<Endpoint, "id">, query = ""): Promise<readonly DeliveryAnswer[]> {
  const page = await answerAsServer<{ data: readonly DeliveryAnswer[] }>(
    "GET",
    `webhook_endpoints/${id}/deliveries${query}`,
  );
  return page.data;
}

/** Returns a list of equal values. */
export function times<T>(count: number, expected: T): readonly T[] {
  return Array.from({ length: count }, () => expected);
}

/** Waits until each delivery of an endpoint is as expected. */
export function untilDeliveries(endpoint: Pick<Endpoint, "id">, expected: readonly object[]): Promise<void> {
  return eventually(async () => expect(await deliveriesOf(endpoint)).toMatchObject(expected));
}

/** Waits until a path has received this many webhooks. */
export function untilReceived(path: string, count: number): Promise<void> {
  return eventually(async () => expect(await receivedAt(path)).toHaveLength(count));
}

/** Advances the Worker's clock and runs the merchant's alarm, after a running one has ended. */
export async function passTime(milliseconds: number): Promise<void> {
  await moveClock(milliseconds);
  await ringAlarm();
}

/** Changes a checkout's link at Qonto, and syncs the checkout as the merchant's server. */
export async function moveCheckout(checkout: ServerCheckout, status: "pending" | "failed" | "paid"): Promise<void> {
  await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status });
  await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
}

/** Creates a paid checkout, which causes one event. */
export async function paidCheckout(): Promise<ServerCheckout> {
  const checkout = await openServerCheckout();
  await moveCheckout(checkout, "paid");
  return checkout;
}
