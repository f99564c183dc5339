import { Inject, Injectable } from "@nestjs/common";
import { Order, TransactionalConnection, UserInputError } from "@vendure/core";
import type { EntitySubscriberInterface, UpdateEvent } from "typeorm";
import { lockOrder } from "./order-lock.ts";

/**
 * Prevents a placed order from becoming a cart again.
 *
 * Vendure reads an order, changes it and writes all of it back, without a lock. If a shopper changes the cart while the
 * order is settled, that write would replace the placed order with the old cart: its state, its payments, and a total
 * that no one has paid. This subscriber checks under the lock each write of an order that is not placed.
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
    // Undefined if the write changes only other columns.
    if (entity?.["orderPlacedAt"] !== null) return;
    const locked = await lockOrder(manager.getRepository(Order), (entity as Order).id);
    if (locked?.orderPlacedAt) {
      throw new UserInputError("This order was placed meanwhile and can no longer be changed.");
    }
  }
}
