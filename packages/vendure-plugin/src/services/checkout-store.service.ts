import { randomUUID } from "node:crypto";
import { Inject, Injectable, type OnApplicationBootstrap } from "@nestjs/common";
import { type ID, Logger, ProcessContext, type RequestContext, TransactionalConnection } from "@vendure/core";
import { In, IsNull, Not, type Repository } from "typeorm";
import { LOG_CONTEXT } from "../constants.ts";
import { CheckoutRecord } from "../entities/checkout-record.entity.ts";
import { PendingCheckout } from "../entities/pending-checkout.entity.ts";
import { ShopIdentity } from "../entities/shop-identity.entity.ts";

const IDENTITY_ROW = { id: 1 };

/** Stores the identity of this shop, the checkouts that it opened or may have opened, and which of them are settled. */
@Injectable()
export class CheckoutStoreService implements OnApplicationBootstrap {
  readonly #connection: TransactionalConnection;
  readonly #process: ProcessContext;

  constructor(
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(ProcessContext) process: ProcessContext,
  ) {
    this.#connection = connection;
    this.#process = process;
  }

  /** Creates the identity before the first request, outside of any transaction that could be rolled back. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.#process.isServer) return;
    try {
      await this.shopId();
    } catch (error) {
      Logger.error(`The shop's identity can't be read. Run the plugin's migration. ${String(error)}`, LOG_CONTEXT);
    }
  }

  /**
   * Returns the random id of this shop's database. Ids of orders and channels count from 1 in every shop: another shop
   * of the same merchant, or this shop set up again, has the same ones. Servers that start at once create one id: the
   * database keeps the first.
   */
  async shopId(): Promise<string> {
    const rows = this.#connection.rawConnection.getRepository(ShopIdentity);
    const row = await rows.findOneBy(IDENTITY_ROW);
    if (row !== null) return row.shopId;
    const created = { ...IDENTITY_ROW, shopId: randomUUID() };
    await rows.createQueryBuilder().insert().values(created).orIgnore().updateEntity(false).execute();
    return (await rows.findOneByOrFail(IDENTITY_ROW)).shopId;
  }

  /**
   * Stores the request for a checkout before it is sent, because the order may have a link even if no response arrives.
   */
  async recordPending(ctx: RequestContext, idempotencyKey: string, orderId: ID): Promise<void> {
    const row = { idempotencyKey, orderId: String(orderId) };
    await this.#pending(ctx).createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
  }

  /** Stores the checkout that the Worker has returned. */
  async recordOpened(ctx: RequestContext, idempotencyKey: string, checkoutId: string, orderId: ID): Promise<void> {
    // In this sequence, one of the two rows names the order at every moment.
    await this.add(ctx, checkoutId, orderId);
    await this.#pending(ctx).delete({ idempotencyKey });
  }

  /** Stores a checkout. Does not change one that is already stored. */
  async add(ctx: RequestContext, checkoutId: string, orderId: ID): Promise<void> {
    const row = { checkoutId, orderId: String(orderId), settledAt: null };
    await this.#records(ctx).createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
  }

  /**
   * Returns true for one caller only. The row lock makes others wait for that caller's transaction; if it is rolled
   * back, the next caller gets true.
   */
  async claim(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    const { affected } = await this.#records(ctx).update(
      { checkoutId, settledAt: IsNull() },
      { settledAt: new Date() },
    );
    return affected === 1;
  }

  /** Checks whether this order has, or may have, a checkout that is not settled. */
  async mayHaveUnsettled(ctx: RequestContext, orderId: ID): Promise<boolean> {
    const ofOrder = { orderId: String(orderId) };
    return (
      (await this.#pending(ctx).existsBy(ofOrder)) ||
      (await this.#records(ctx).existsBy({ ...ofOrder, settledAt: IsNull() }))
    );
  }

  /** Returns the ids of this order's checkouts that are not settled, including those that ended unpaid. */
  async unsettledOf(ctx: RequestContext, orderId: ID): Promise<readonly string[]> {
    const rows = await this.#records(ctx).findBy({ orderId: String(orderId), settledAt: IsNull() });
    return rows.map(({ checkoutId }) => checkoutId);
  }

  /** Returns the ids that are stored with an order other than this one. */
  async ofOtherOrders(ctx: RequestContext, ids: readonly string[], orderId: ID): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#records(ctx).findBy({ checkoutId: In(ids), orderId: Not(String(orderId)) });
    return new Set(rows.map(({ checkoutId }) => checkoutId));
  }

  /** Returns the id of the order that a checkout is stored with; null if it is not stored. */
  async orderIdOf(ctx: RequestContext, checkoutId: string): Promise<string | null> {
    return (await this.#records(ctx).findOneBy({ checkoutId }))?.orderId ?? null;
  }

  async isKnown(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    return this.#records(ctx).existsBy({ checkoutId });
  }

  /** Checks whether any of these ids is a checkout. Payments of other methods have other ids. */
  async hasAny(ctx: RequestContext, ids: readonly string[]): Promise<boolean> {
    return ids.length > 0 && this.#records(ctx).existsBy({ checkoutId: In(ids) });
  }

  async isSettled(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    const row = await this.#records(ctx).findOneBy({ checkoutId });
    return row !== null && row.settledAt !== null;
  }

  #pending(ctx: RequestContext): Repository<PendingCheckout> {
    return this.#connection.getRepository(ctx, PendingCheckout);
  }

  #records(ctx: RequestContext): Repository<CheckoutRecord> {
    return this.#connection.getRepository(ctx, CheckoutRecord);
  }
}
