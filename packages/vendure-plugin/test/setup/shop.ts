import type { INestApplication } from "@nestjs/common";
import { QontoPay } from "@qonto-pay/client";
import { connectMerchant } from "@qonto-pay/local-stack/connect-merchant.ts";
import { freePorts } from "@qonto-pay/local-stack/free-ports.ts";
import { bootstrap, TransactionalConnection } from "@vendure/core";
import { inject } from "vitest";
import { GraphqlSession } from "./graphql-session.ts";
import { HeardLogger } from "./heard-logger.ts";
import { ADMIN, shopConfig } from "./shop-config.ts";
import { stockShop } from "./stock-shop.ts";
import { Storefront } from "./storefront.ts";

/** A Vendure shop of a merchant of its own, which the Worker tells of events. */
export class Shop {
  readonly qontoPay: QontoPay;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  readonly endpointId: string;
  readonly logger = new HeardLogger();
  readonly #secretKey: string;
  readonly #port: number;
  #app: INestApplication | undefined;
  #database: Uint8Array | undefined;

  private constructor(
    port: number,
    secretKey: string,
    qontoPay: QontoPay,
    webhookUrl: string,
    id: string,
    secret: string,
  ) {
    this.#port = port;
    this.#secretKey = secretKey;
    this.qontoPay = qontoPay;
    this.webhookUrl = webhookUrl;
    this.endpointId = id;
    this.webhookSecret = secret;
  }

  static async open(): Promise<Shop> {
    const { shop: port } = await freePorts();
    const endpoint = inject("workerUrl");
    const shopUrl = `http://localhost:${port}`;
    const target = { workerUrl: endpoint, shopUrl, adminKey: inject("adminKey") };
    const name = `vendure-${crypto.randomUUID().slice(0, 18)}`;
    const { secret_key: secretKey } = await connectMerchant({ name, products: [] }, target);
    const qontoPay = new QontoPay({ secretKey, endpoint });
    const webhookUrl = `http://127.0.0.1:${port}/qonto-pay/webhook`;
    const { id, secret } = await qontoPay.webhookEndpoints.create({ url: webhookUrl });
    const shop = new Shop(port, secretKey, qontoPay, webhookUrl, id, secret);
    await shop.start();
    const admin = await shop.admin();
    if (shop.#app !== undefined) await stockShop(shop.#app, admin);
    return shop;
  }

  /** Starts the server; where it was stopped before, with what it knew. */
  async start(): Promise<void> {
    this.#app = await bootstrap(
      shopConfig(this.#port, this.#database, this.logger, {
        secretKey: this.#secretKey,
        endpoint: inject("workerUrl"),
        webhookSecret: this.webhookSecret,
        successUrl: (code) => `http://localhost:${this.#port}/thanks/${code}`,
      }),
    );
  }

  async stop(): Promise<void> {
    const { driver } = this.#app?.get(TransactionalConnection).rawConnection ?? {};
    this.#database = (driver as unknown as { export(): Uint8Array } | undefined)?.export();
    await this.#app?.close();
    this.#app = undefined;
  }

  async admin(): Promise<GraphqlSession> {
    const session = new GraphqlSession(`http://127.0.0.1:${this.#port}/admin-api`);
    await session.ask(
      "mutation ($username: String!, $password: String!) { login(username: $username, password: $password) { __typename } }",
      ADMIN,
    );
    return session;
  }

  /** A shopper, with a cart of their own. */
  storefront(): Storefront {
    return new Storefront(new GraphqlSession(`http://127.0.0.1:${this.#port}/shop-api`));
  }
}
