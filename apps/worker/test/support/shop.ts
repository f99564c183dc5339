import { env, reset, SELF } from "cloudflare:test";
import { consent, control } from "./sandbox.ts";

export const WORKER = "http://worker.test";
export const SHOP = "http://localhost:5173";
export const KEY = "pk_sandbox_demo";

const PRODUCTS = [
  { id: "mug", title: "Mug", price: { value: "10.99", currency: "EUR" }, tax_behavior: "exclusive", vat_rate: "21.0" },
  {
    id: "poster",
    title: "Poster",
    price: { value: "9.99", currency: "EUR" },
    tax_behavior: "inclusive",
    vat_rate: "20",
  },
  {
    id: "donation",
    title: "Donation",
    type: "service",
    open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "500.00", currency: "EUR" } },
    vat_rate: "0",
  },
];

export interface CreatedCheckout {
  readonly id: string;
  readonly status: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly url: string;
  readonly expires_at: string;
  readonly status_token: string;
}

export interface ErrorAnswer {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly request_id: string;
    readonly param?: string;
  };
}

/** An empty Qonto, an empty Worker, and in both the connected merchant `demo`. */
export async function openShop(): Promise<void> {
  await reset();
  await control("POST", "reset");
  await control("PUT", "webhooks", { mode: "drop" });
  await seedMerchant("demo");
  await control("DELETE", "journal");
}

export async function seedMerchant(name: string, products: readonly unknown[] = PRODUCTS): Promise<void> {
  const redirectUri = "http://localhost:8787/oauth/callback";
  const response = await SELF.fetch(`${WORKER}/_local/merchants/${name}`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${adminKey}` },
    body: JSON.stringify({
      code: await consent(redirectUri),
      redirect_uri: redirectUri,
      webhook_callback_url: `http://localhost:8787/webhooks/qonto/${name}`,
      secret_key: `sk_sandbox_${name}_local_only`,
      allowed_origins: [SHOP],
      products,
    }),
  });
  if (!response.ok) throw new Error(`the seed was refused: ${await response.text()}`);
}

export const adminKey = (env as unknown as { ADMIN_KEY: string }).ADMIN_KEY;

/** `POST /v1/checkouts` as the button sends it. */
export function pay(body: unknown, init: { origin?: string | null; text?: string } = {}): Promise<Response> {
  const origin = init.origin === undefined ? SHOP : init.origin;
  return SELF.fetch(`${WORKER}/v1/checkouts`, {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8", ...(origin === null ? {} : { Origin: origin }) },
    body: init.text ?? JSON.stringify(body),
  });
}

/** A good answer of the pay call. @throws Error for any other. */
export async function checkoutFor(body: Record<string, unknown>): Promise<CreatedCheckout> {
  const response = await pay({ key: KEY, ...body });
  if (!response.ok) throw new Error(`refused: ${await response.text()}`);
  return response.json();
}

export async function errorOf(response: Response): Promise<ErrorAnswer["error"]> {
  return (await response.json<ErrorAnswer>()).error;
}

export async function statusOf(checkout: CreatedCheckout): Promise<string> {
  const response = await SELF.fetch(statusUrl(checkout), { headers: { Origin: SHOP } });
  return (await response.json<{ status: string }>()).status;
}

export function statusUrl(checkout: Pick<CreatedCheckout, "id" | "status_token">): string {
  return `${WORKER}/v1/checkouts/${checkout.id}/status?token=${encodeURIComponent(checkout.status_token)}`;
}

/** `PUT /v1/products/{id}` as the merchant's server sends it. */
export function saveProduct(
  id: string,
  product: unknown,
  key: string | null = "sk_sandbox_demo_local_only",
): Promise<Response> {
  return SELF.fetch(`${WORKER}/v1/products/${id}`, {
    method: "PUT",
    headers: key === null ? {} : { Authorization: `Bearer ${key}` },
    body: JSON.stringify(product),
  });
}
