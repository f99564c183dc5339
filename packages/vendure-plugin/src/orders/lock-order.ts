import { type ID, Order, type RequestContext, type TransactionalConnection } from "@vendure/core";
import { LockNotSupportedOnGivenDriverError } from "typeorm";

/**
 * Lets nobody else have an order's lock until the transaction ends, so that what is read of it afterwards stays true. To
 * be called before anything else is read: MySQL keeps showing a transaction what it read first.
 *
 * @param ctx in a transaction.
 */
export async function lockOrder(connection: TransactionalConnection, ctx: RequestContext, orderId: ID): Promise<void> {
  const query = connection.getRepository(ctx, Order).createQueryBuilder("order").select("order.id");
  try {
    await query.setLock("pessimistic_write").where("order.id = :orderId", { orderId }).getOne();
  } catch (error) {
    // SQLite has no locks of rows: it lets one transaction write at a time.
    if (!(error instanceof LockNotSupportedOnGivenDriverError)) throw error;
  }
}
