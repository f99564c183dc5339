import { fetchWorker } from "./fetch-worker.ts";
import { secretKeyOf, WORKER } from "./shop.ts";

export interface ServerCall {
  readonly body?: unknown;
  /** Sent unchanged, instead of `body`. */
  readonly text?: string;
  /** Sent as `Idempotency-Key`. */
  readonly idempotencyKey?: string;
  readonly key?: string;
}

/** Calls as the merchant's own server. @param path the path after `/v1/`, with its query. */
export function callAsServer(method: string, path: string, call: ServerCall = {}): Promise<Response> {
  const body = call.text ?? (call.body === undefined ? null : JSON.stringify(call.body));
  return fetchWorker(`${WORKER}/v1/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${call.key ?? secretKeyOf("demo")}`,
      ...(call.idempotencyKey === undefined ? {} : { "Idempotency-Key": call.idempotencyKey }),
    },
    body,
  });
}

/** Returns the successful answer of such a call. @throws Error for any other. */
export async function answerAsServer<T>(method: string, path: string, call: ServerCall = {}): Promise<T> {
  const response = await callAsServer(method, path, call);
  if (!response.ok) throw new Error(`${method} ${path} was rejected: ${await response.text()}`);
  return response.json<T>();
}

/** A checkout as the merchant's server sees it. */
export interface ServerCheckout {
  readonly id: string;
  readonly status: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly reusable: boolean;
  readonly url: string;
  readonly expires_at: string | null;
  readonly payment_count: number;
  readonly payments: readonly { readonly id: string; readonly status: string }[];
  readonly payment_link: { readonly id: string; readonly resource_type: string; readonly invoice_number?: string };
  readonly status_token: string;
}

export interface ToldEvent {
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly checkout?: { readonly id: string; readonly status: string };
    readonly payment?: { readonly id: string };
    readonly connection?: { readonly status: string; readonly activated: boolean };
    readonly consent?: { readonly reason: string };
  };
}

/** Returns all events of the merchant, oldest first, without the first one about the connection. */
export async function toldEvents(): Promise<readonly ToldEvent[]> {
  const { data: events } = await answerAsServer<{ data: readonly ToldEvent[] }>("GET", "events");
  const first = events.findIndex((event) => event.type === "connection.changed");
  return events.slice(first + 1);
}

export async function toldTypes(): Promise<readonly string[]> {
  return (await toldEvents()).map((event) => event.type);
}

/** Creates a checkout over 12.00 as the merchant's server. */
export function openServerCheckout(
  body: Record<string, unknown> = {},
  key = secretKeyOf("demo"),
): Promise<ServerCheckout> {
  const items = [
    {
      title: "Poster",
      quantity: 1,
      price: { value: "12.00", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    },
  ];
  return answerAsServer("POST", "checkouts", { body: { items, ...body }, key });
}

/**
 * A checkout that is given a reference once it is open. It takes the place of the open one with that reference, whose link is
 * deactivated afterwards, by the alarm: until then, both can be paid.
 */
export async function openAndName(reference: string, body: Record<string, unknown> = {}): Promise<ServerCheckout> {
  const { id } = await openServerCheckout(body);
  return answerAsServer("PATCH", `checkouts/${id}`, { body: { reference } });
}
