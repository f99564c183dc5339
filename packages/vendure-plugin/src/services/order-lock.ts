import { type ID, Order } from "@vendure/core";
import { LockNotSupportedOnGivenDriverError, type Repository } from "typeorm";

/** The columns that `lockOrder` reads. */
export type LockedOrder = Pick<Order, "id" | "orderPlacedAt">;

/**
 * Locks an order until the transaction ends, so that later reads of the order stay valid. Call it before any other
 * read: MySQL gives a transaction a snapshot as of its first read. Only this read, which locks, returns the current
 * row.
 *
 * @param orders in a transaction.
 * @returns the order as it is now; null if it was deleted.
 */
export async function lockOrder(orders: Repository<Order>, orderId: ID): Promise<LockedOrder | null> {
  const query = () =>
    orders
      .createQueryBuilder("order")
      .select(["order.id", "order.orderPlacedAt"])
      .where("order.id = :orderId", { orderId });
  try {
    return await query().setLock("pessimistic_write").getOne();
  } catch (error) {
    // SQLite has no row locks: it lets one transaction write at a time.
    if (!(error instanceof LockNotSupportedOnGivenDriverError)) throw error;
    return query().getOne();
  }
}
