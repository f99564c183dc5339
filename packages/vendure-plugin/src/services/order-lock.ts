import { type ID, Order } from "@vendure/core";
import { LockNotSupportedOnGivenDriverError, type Repository } from "typeorm";

/** What is read of an order while it is locked. */
export type LockedOrder = Pick<Order, "id" | "orderPlacedAt">;

/**
 * Holds an order's lock until the transaction ends, so that what is read of the order afterwards stays true. Call it before
 * anything else is read: MySQL keeps showing a transaction what it read first, except for what is read here.
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
    // SQLite has no locks of rows: it lets one transaction write at a time.
    if (!(error instanceof LockNotSupportedOnGivenDriverError)) throw error;
    return query().getOne();
  }
}
