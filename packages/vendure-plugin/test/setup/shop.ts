import { createHmac } from "node:crypto";
import type { INestApplication } from "@nestjs/common";
import { type MerchantEvent, QontoPay } from "@qonto-pay/client";
import { connectMerchant } from "@qonto-pay/local-stack/merchants/connect-merchant.ts";
import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import {
  bootstrap,
  EventBus,
  Order,
  OrderLineEvent,
  RequestContextService,
  SettingsStoreService,
  TransactionalConnection,
} from "@vendure/core";
import { inject } from "vitest";
import type { QontoPayPluginOptions } from "../../src/index.ts";
import { GraphqlSession } from "./graphql-session.ts";
import { HeardLogger } from "./heard-logger.ts";
import { ADMIN, shopConfig } from "./shop-config.ts";
import { MemoryDatabase, type ShopDatabase } from "./shop-database.ts";
import { ShopRules } from "./shop-rules.ts";
import { stockShop } from "./stock-shop.ts";
import { Storefront } from "./storefront.ts";
import { WorkerGate } from "./worker-gate.ts";

/** The connection between a shop and the Worker. */
interface Pairing {
  readonly port: number;
  readonly secretKey: string;
  readonly endpointId: string;
  readonly webhookSecret: string;
  readonly gate: WorkerGate;
}

/** The `referencePrefix` of this shop. */
const PREFIX = "A ";

/** Returns the `reference` of an order's checkouts. */
export function referenceOf(orderCode: string): string {
  return PREFIX + orderCode;
}

/** A Vendure shop with its own merchant, which receives webhooks of the Worker. */
export class Shop {
  /** The merchant's own client, which bypasses the gate. */
  readonly qontoPay: QontoPay;
  /** The proxy between the shop and the Worker. */
  readonly gate: WorkerGate;
  readonly logger = new HeardLogger();
  readonly rules = new ShopRules();
  readonly #pairing: Pairing;
  readonly #database: ShopDatabase;
  #app: INestApplication | undefined;

  private constructor(pairing: Pairing, database: ShopDatabase) {
    this.#pairing = pairing;
    this.#database = database;
    this.gate = pairing.gate;
    this.qontoPay = new QontoPay({ secretKey: pairing.secretKey, endpoint: inject("workerUrl") });
  }

  static async open(
    options: Partial<QontoPayPluginOptions> = {},
    database: ShopDatabase = new MemoryDatabase(),
  ): Promise<Shop> {
    const [{ shop: port }, gate] = await Promise.all([freePorts(), WorkerGate.start(inject("workerUrl"))]);
    const { secretKey, qontoPay } = await connectAnyMerchant(port);
    const { id: endpointId, secret: webhookSecret } = await qontoPay.webhookEndpoints.create({ url: webhookUrl(port) });
    const shop = new Shop({ port, secretKey, endpointId, webhookSecret, gate }, database);
    await stockShop(await shop.start(options), await shop.admin());
    return shop;
  }

  /** Starts the server, with the database of its last run. */
  async start(options: Partial<QontoPayPluginOptions> = {}): Promise<INestApplication> {
    const { port, secretKey, webhookSecret, gate } = this.#pairing;
    this.#app = await bootstrap(
      shopConfig(port, this.#database.connect(), this.logger, this.rules, {
        secretKey,
        endpoint: gate.url,
        webhookSecret,
        referencePrefix: PREFIX,
        successUrl: (code) => `http://localhost:${port}/thanks/${encodeURIComponent(code)}`,
        ...options,
      }),
    );
    this.#app.get(EventBus).registerBlockingEventHandler({
      id: "shop-rules",
      event: OrderLineEvent,
      handler: ({ order, type }) => (type === "updated" ? this.rules.afterChange(order.code) : undefined),
    });
    return this.#app;
  }

  /** The running server. */
  get app(): INestApplication {
    if (this.#app === undefined) throw new TypeError("The server is stopped.");
    return this.#app;
  }

  /** Stops the server and keeps its database. */
  async stop(): Promise<void> {
    if (this.#app !== undefined) this.#database.keep(this.#app.get(TransactionalConnection).rawConnection);
    await this.#app?.close();
    this.#app = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.gate.close();
    await this.#database.drop();
  }

  /**
   * Gives the shop the key of another merchant, as after a move from the sandbox to live. That merchant has none of the
   * earlier checkouts.
   *
   * @returns that merchant's own client.
   */
  async moveToOtherMerchant(): Promise<QontoPay> {
    const { secretKey, qontoPay } = await connectAnyMerchant(this.#pairing.port);
    await this.stop();
    await this.start({ secretKey });
    return qontoPay;
  }

  /** Removes the shop's identity, as in a copy of its database. */
  async removeIdentity(): Promise<void> {
    await this.app.get(TransactionalConnection).rawConnection.query("DELETE FROM qonto_pay_shop");
  }

  /** Runs an action after the shop's next transaction, and before the steps that follow it. */
  afterNextCommit(work: () => Promise<void>): void {
    let isDone = false;
    const afterTransactionCommit = async (): Promise<void> => {
      if (isDone) return;
      isDone = true;
      await work();
    };
    this.app.get(TransactionalConnection).rawConnection.subscribers.push({ afterTransactionCommit });
  }

  /** Enables or disables the shop's webhook endpoint. */
  async hearsWebhooks(enabled: boolean): Promise<void> {
    await this.qontoPay.webhookEndpoints.update(this.#pairing.endpointId, { enabled });
  }

  /** Changes columns of an order directly in the database. */
  async tamper(
    code: string,
    columns: Partial<
      Pick<
        Order,
        "code" | "subTotal" | "subTotalWithTax" | "shipping" | "shippingWithTax" | "orderPlacedAt" | "currencyCode"
      >
    >,
  ) {
    await this.#app?.get(TransactionalConnection).rawConnection.getRepository(Order).update({ code }, columns);
  }

  /** Sets the last event that the shop has read. */
  async setLastEvent(id: string): Promise<void> {
    const ctx = await this.#app?.get(RequestContextService).create({ apiType: "admin" });
    if (ctx !== undefined) await this.#app?.get(SettingsStoreService).set(ctx, "qontoPay.lastEvent", { id });
  }

  /** Sends a webhook as the Worker would. @returns the status of the response. */
  async deliver(event: MerchantEvent, secret = this.#pairing.webhookSecret): Promise<number> {
    const { id, type, created_at: timestamp, data } = event;
    const body = JSON.stringify({ id, type, timestamp, data });
    const seconds = Math.floor(Date.now() / 1000);
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
    const headers = {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${signature}`,
    };
    return (await this.post(body, headers)).status;
  }

  /** Sends any body to the webhook endpoint. */
  post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(webhookUrl(this.#pairing.port), { method: "POST", headers, body });
  }

  /** Opens a session of the Admin API without a login. */
  visitorOfAdminApi(): GraphqlSession {
    return new GraphqlSession(`http://127.0.0.1:${this.#pairing.port}/admin-api`);
  }

  async admin(): Promise<GraphqlSession> {
    const session = this.visitorOfAdminApi();
    await session.ask(
      "mutation ($username: String!, $password: String!) { login(username: $username, password: $password) { __typename } }",
      ADMIN,
    );
    return session;
  }

  /** Opens the session of a new shopper. */
  storefront(currency = "EUR"): Storefront {
    const storefront = new Storefront(new GraphqlSession(`http://127.0.0.1:${this.#pairing.port}/shop-api`));
    storefront.chooseCurrency(currency);
    return storefront;
  }
}

async function connectAnyMerchant(port: number): Promise<{ readonly secretKey: string; readonly qontoPay: QontoPay }> {
  const endpoint = inject("workerUrl");
  const target = { workerUrl: endpoint, shopUrl: `http://localhost:${port}`, adminKey: inject("adminKey") };
  const name = `vendure-${crypto.randomUUID().slice(0, 18)}`;
  const { secret_key: secretKey } = await connectMerchant({ name, products: [] }, target);
  return { secretKey, qontoPay: new QontoPay({ secretKey, endpoint }) };
}

function webhookUrl(port: number): string {
  return `http://127.0.0.1:${port}/qonto-pay/webhook`;
}
