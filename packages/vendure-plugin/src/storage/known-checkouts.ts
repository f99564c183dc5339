import { Inject, Injectable } from "@nestjs/common";
import { type ID, type RequestContext, TransactionalConnection } from "@vendure/core";
import { IsNull, type Repository } from "typeorm";
import { KnownCheckout } from "./known-checkout.entity.ts";

/** The checkouts that were opened here, and which of them are dealt with. */
@Injectable()
export class KnownCheckouts {
  readonly #connection: TransactionalConnection;

  constructor(@Inject(TransactionalConnection) connection: TransactionalConnection) {
    this.#connection = connection;
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

  /** Whether there is one of this order that is not dealt with. */
  async hasUnsettled(ctx: RequestContext, orderId: ID): Promise<boolean> {
    return this.#rows(ctx).existsBy({ orderId: String(orderId), settledAt: IsNull() });
  }

  async isKnown(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    return this.#rows(ctx).existsBy({ checkoutId });
  }

  async isSettled(ctx: RequestContext, checkoutId: string): Promise<boolean> {
    const row = await this.#rows(ctx).findOneBy({ checkoutId });
    return row !== null && row.settledAt !== null;
  }

  #rows(ctx: RequestContext): Repository<KnownCheckout> {
    return this.#connection.getRepository(ctx, KnownCheckout);
  }
}
