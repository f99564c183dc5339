import { connectMerchant } from "@qonto-pay/local-stack/merchants/connect-merchant.ts";
import { inject } from "vitest";
import { QontoPay, type QontoPayOptions } from "../../src/index.ts";

/** A merchant that has connected Qonto, with the client of its server. */
export interface Merchant {
  readonly name: string;
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly qontoPay: QontoPay;
}

/** The origin of every merchant's pages. */
export const SHOP = "https://shop.example";

/** Creates a merchant that only has a connection. */
export async function newMerchant(options: Partial<QontoPayOptions> = {}): Promise<Merchant> {
  const endpoint = inject("workerUrl");
  const target = { workerUrl: endpoint, shopUrl: SHOP, adminKey: inject("adminKey") };
  const name = newName();
  const { secret_key: secretKey, publishable_key } = await connectMerchant({ name, products: [] }, target);
  const qontoPay = new QontoPay({ secretKey, endpoint, ...options });
  return { name, secretKey, publishableKey: publishable_key, qontoPay };
}

/** Returns an unused merchant name. */
export function newName(): string {
  return `shop-${crypto.randomUUID().slice(0, 18)}`;
}
