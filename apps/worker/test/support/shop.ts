import { beginAnew, connectMerchant, emptyWorker } from "./connect.ts";
import { fetchWorker } from "./fetch-worker.ts";
import { untilAtRest } from "./object/merchant-object.ts";
import { type MerchantSnapshot, readMerchant, writeMerchant } from "./object/merchant-snapshot.ts";
import { control } from "./sandbox.ts";

export { adminKey } from "./connect.ts";

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
  readonly expires_at: string | null;
  readonly status_token: string;
}

export interface ErrorAnswer {
  readonly error: {
    readonly type: string;
    readonly code: string;
    readonly message: string;
    readonly doc_url: string;
    readonly request_id: string;
    readonly param?: string;
    readonly checkout_id?: string;
  };
}

const secretKeys = new Map<string, string>();

/** Resets Qonto and the Worker, without a merchant. */
export async function closeShops(): Promise<void> {
  await beginAnew();
  secretKeys.clear();
}

interface ShopSnapshot {
  readonly takenAt: number;
  readonly secretKey: string;
  readonly merchant: MerchantSnapshot;
}

let snapshot: ShopSnapshot | undefined;

/** Up to this age, no token or session of a snapshot is near a limit under test. */
const SNAPSHOT_LIVES_MS = 60_000;

/**
 * Resets Qonto and the Worker to the connected merchant `demo`. The data of the connection is kept as a snapshot for
 * later tests, since connecting takes longer than most of them.
 */
export async function openShop(): Promise<void> {
  const age = Date.now() - (snapshot?.takenAt ?? 0);
  if (snapshot === undefined || age < 0 || age > SNAPSHOT_LIVES_MS) snapshot = await newShop();
  await emptyWorker();
  await control("POST", "snapshot/restore");
  await writeMerchant("demo", snapshot.merchant);
  secretKeys.clear();
  secretKeys.set("demo", snapshot.secretKey);
}

async function newShop(): Promise<ShopSnapshot> {
  await closeShops();
  await openMerchant("demo");
  await untilAtRest();
  await control("POST", "snapshot");
  return { takenAt: Date.now(), secretKey: secretKeyOf("demo"), merchant: await readMerchant("demo") };
}

/** Creates a connected merchant of this name with these products. */
export async function openMerchant(
  name: string,
  products: readonly { readonly id: string }[] = PRODUCTS,
): Promise<void> {
  if (!secretKeys.has(name)) secretKeys.set(name, (await connectMerchant(name, [SHOP])).secret_key);
  for (const { id, ...product } of products) {
    const response = await saveProduct(id, product, secretKeyOf(name));
    if (!response.ok) throw new Error(`the product ${id} was rejected: ${await response.text()}`);
  }
}

/** Returns the secret key of a merchant that was created in this test. */
export function secretKeyOf(name: string): string {
  const key = secretKeys.get(name);
  if (key === undefined) throw new Error(`no merchant is named ${name}`);
  return key;
}

/** Sends `POST /v1/checkouts` as the button does. */
export function pay(body: unknown, init: PageCall = {}): Promise<Response> {
  return callAsPage("checkouts", body, init);
}

/** Sends the price request of a shopper's page before a click. */
export function priceOf(body: unknown, init: PageCall = {}): Promise<Response> {
  return callAsPage("prices", body, init);
}

interface PageCall {
  readonly origin?: string | null;
  readonly text?: string;
}

function callAsPage(path: string, body: unknown, init: PageCall): Promise<Response> {
  const origin = init.origin === undefined ? SHOP : init.origin;
  return fetchWorker(`${WORKER}/v1/${path}`, {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8", ...(origin === null ? {} : { Origin: origin }) },
    body: init.text ?? JSON.stringify(body),
  });
}

/** Returns the successful answer of the pay call. @throws Error for any other. */
export async function checkoutFor(body: Record<string, unknown>): Promise<CreatedCheckout> {
  const response = await pay({ publishable_key: KEY, ...body });
  if (!response.ok) throw new Error(`rejected: ${await response.text()}`);
  return response.json();
}

export async function errorOf(response: Response): Promise<ErrorAnswer["error"]> {
  return (await response.json<ErrorAnswer>()).error;
}

export async function statusOf(checkout: CreatedCheckout): Promise<string> {
  const response = await fetchWorker(statusUrl(checkout), { headers: { Origin: SHOP } });
  return (await response.json<{ status: string }>()).status;
}

export function statusUrl(checkout: Pick<CreatedCheckout, "id" | "status_token">): string {
  return `${WORKER}/v1/checkouts/${checkout.id}/status?token=${encodeURIComponent(checkout.status_token)}`;
}

/** Sends `PUT /v1/products/{id}` as the merchant's server. */
export function saveProduct(id: string, product: unknown, key: string | null = secretKeyOf("demo")): Promise<Response> {
  return fetchWorker(`${WORKER}/v1/products/${id}`, {
    method: "PUT",
    headers: key === null ? {} : { Authorization: `Bearer ${key}` },
    body: JSON.stringify(product),
  });
}
