import { Checkouts } from "./api/checkouts.ts";
import { Connection } from "./api/connection.ts";
import { Doctor } from "./api/doctor.ts";
import { Events } from "./api/events.ts";
import { Keys } from "./api/keys.ts";
import { PaymentLinks } from "./api/payment-links.ts";
import { PaymentMethods } from "./api/payment-methods.ts";
import { Products } from "./api/products.ts";
import { WebhookEndpoints } from "./api/webhook-endpoints.ts";
import { WorkerCalls } from "./http/worker-calls.ts";
import { requireSecretKey } from "./security/require-secret-key.ts";
import { readSettings, type WorkerOptions } from "./settings.ts";

/** How to reach the Worker, and as whom. */
export interface QontoPayOptions extends WorkerOptions {
  /** `sk_{sandbox|live}_{merchant}_{random}`. For servers only: who has it acts as the merchant. */
  readonly secretKey: string;
}

/**
 * The Worker's API for a shop's server. Each method is one call, takes what the Worker's reference says it takes, and
 * gives back the body that it answers.
 *
 * Every method rejects with `QontoPayError` for an answer that is no good one, and with `QontoPayConnectionError` where
 * there was none.
 *
 * ```ts
 * const qontoPay = new QontoPay({ secretKey: "sk_live_shop_…", endpoint: "https://pay.shop.example" });
 * const { url } = await qontoPay.checkouts.create({ items, reference: "ORDER-1" });
 * ```
 */
export class QontoPay {
  readonly checkouts: Checkouts;
  readonly products: Products;
  readonly keys: Keys;
  readonly events: Events;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly paymentLinks: PaymentLinks;
  readonly paymentMethods: PaymentMethods;
  readonly connection: Connection;
  readonly doctor: Doctor;

  /** @throws TypeError for a key, an address or a number that can't be meant; its message never holds the key. */
  constructor(options: QontoPayOptions) {
    requireSecretKey(options.secretKey);
    const calls = new WorkerCalls(readSettings(options.secretKey, options));
    this.checkouts = new Checkouts(calls);
    this.products = new Products(calls);
    this.keys = new Keys(calls);
    this.events = new Events(calls);
    this.webhookEndpoints = new WebhookEndpoints(calls);
    this.paymentLinks = new PaymentLinks(calls);
    this.paymentMethods = new PaymentMethods(calls);
    this.connection = new Connection(calls);
    this.doctor = new Doctor(calls);
  }
}
