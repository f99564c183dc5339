import { Inject, Injectable } from "@nestjs/common";
import { Order, TransactionalConnection, UserInputError } from "@vendure/core";
import type { EntitySubscriberInterface, UpdateEvent } from "typeorm";
import { lockOrder } from "./order-lock.ts";

/**
 * Keeps orders that are placed from being made carts again.
 *
 * Vendure reads an order, changes it, and writes all of it back, without a lock. What a shopper changes at the moment in
 * which the order is settled would write the cart of before over the placed order: its state, its payments, and a total
 * that no one has paid. This subscriber checks each write of an order as not placed again, under the lock.
 */
@Injectable()
export class PlacedOrderSubscriber implements EntitySubscriberInterface<Order> {
  constructor(@Inject(TransactionalConnection) connection: TransactionalConnection) {
    connection.rawConnection.subscribers.push(this);
  }

  listenTo(): typeof Order {
    return Order;
  }

  /** @throws UserInputError, which rolls back its transaction. */
  async beforeUpdate({ entity, manager }: UpdateEvent<Order>): Promise<void> {
    // Undefined if only some columns are written, which leave the rest as it is.
    if (entity?.["orderPlacedAt"] !== null) return;
    const locked = await lockOrder(manager.getRepository(Order), (entity as Order).id);
    if (locked?.orderPlacedAt) {
      throw new UserInputError("This order was placed meanwhile, and can't be changed any more.");
    }
  }
}
