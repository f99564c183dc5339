import { Inject, Injectable } from "@nestjs/common";
import { type ID, type RequestContext, TransactionalConnection } from "@vendure/core";
import { In, IsNull, Not, type Repository } from "typeorm";
import { CheckoutRecord } from "../entities/checkout-record.entity.ts";
import { PendingCheckout } from "../entities/pending-checkout.entity.ts";

/** The checkouts that were opened here, or may have been, and which of them are dealt with. */
@Injectable()
export class CheckoutStoreService {
  readonly #connection: TransactionalConnection;

  constructor(@Inject(TransactionalConnection) connection: TransactionalConnection) {
    this.#connection = connection;
  }

  /** Notes that one will be asked for, before it is: whatever becomes of the call, its order may have a link from now on. */
  async recordPending(ctx: RequestContext, idempotencyKey: string, orderId: ID): Promise<void> {
    const row = { idempotencyKey, orderId: String(orderId) };
    await this.#openings(ctx).createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
  }

  /** Notes what the Worker has answered. */
  async recordOpened(ctx: RequestContext, idempotencyKey: string, checkoutId: string, orderId: ID): Promise<void> {
    // In this order, there is a note of the order at every moment.
    await this.add(ctx, checkoutId, orderId);
    await this.#openings(ctx).delete({ idempotencyKey });
  }

  /** Notes one; one that is known stays as it is. */
  async add(ctx: RequestContext, checkoutId: string, orderId: ID): Promise<void> {
    const row = { checkoutId, orderId: String(orderId), settledAt: null };
    await this.#rows(ctx).createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
  }

  /**
   * True for one caller only, whose transaction decides: the database lets nobody else pass until it ends, and
   * everybody if it fails.
   */
  async claim(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    const { affected } = await this.#rows(ctx).update({ checkoutId, settledAt: IsNull() }, { settledAt: new Date() });
    return affected === 1;
  }

  /** Whether there is, or may be, one of this order that is not dealt with. */
  async mayHaveUnsettled(ctx: RequestContext, orderId: ID): Promise<boolean> {
    const ofOrder = { orderId: String(orderId) };
    return (
      (await this.#openings(ctx).existsBy(ofOrder)) ||
      (await this.#rows(ctx).existsBy({ ...ofOrder, settledAt: IsNull() }))
    );
  }

  /** Returns the ids of this order's checkouts that are not settled, including those that ended unpaid. */
  async unsettledOf(ctx: RequestContext, orderId: ID): Promise<readonly string[]> {
    const rows = await this.#rows(ctx).findBy({ orderId: String(orderId), settledAt: IsNull() });
    return rows.map(({ checkoutId }) => checkoutId);
  }

  /** Returns the ids that are stored with another order than this one. */
  async ofOtherOrders(ctx: RequestContext, ids: readonly string[], orderId: ID): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#rows(ctx).findBy({ checkoutId: In(ids), orderId: Not(String(orderId)) });
    return new Set(rows.map(({ checkoutId }) => checkoutId));
  }

  /** Returns the id of the order that a checkout is stored with; null if it is not stored. */
  async orderIdOf(ctx: RequestContext, checkoutId: string): Promise<string | null> {
    return (await this.#rows(ctx).findOneBy({ checkoutId }))?.orderId ?? null;
  }

  async isKnown(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    return this.#rows(ctx).existsBy({ checkoutId });
  }

  /** Whether any of these names one; payments of other methods have ids that are none. */
  async hasAny(ctx: RequestContext, ids: readonly string[]): Promise<boolean> {
    return ids.length > 0 && this.#rows(ctx).existsBy({ checkoutId: In(ids) });
  }

  async isSettled(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    const row = await this.#rows(ctx).findOneBy({ checkoutId });
    return row !== null && row.settledAt !== null;
  }

  #openings(ctx: RequestContext): Repository<PendingCheckout> {
    return this.#connection.getRepository(ctx, PendingCheckout);
  }

  #rows(ctx: RequestContext): Repository<CheckoutRecord> {
    return this.#connection.getRepository(ctx, CheckoutRecord);
  }
}
