import { Inject, Injectable } from "@nestjs/common";
import type { MerchantEvent } from "@qonto-pay/client";
import { TransactionalConnection } from "@vendure/core";
import { FailedEvent } from "../entities/failed-event.entity.ts";

/** The events that could not be handled yet. */
@Injectable()
export class FailedEvents {
  readonly #connection: TransactionalConnection;

  constructor(@Inject(TransactionalConnection) connection: TransactionalConnection) {
    this.#connection = connection;
  }

  async all(): Promise<readonly MerchantEvent[]> {
    const rows = await this.#rows().find({ order: { eventId: "ASC" } });
    return rows.map(({ event }) => event);
  }

  /** Notes that it has failed once more. @returns how often it has. */
  async count(event: MerchantEvent): Promise<number> {
    const { id: eventId } = event;
    const first = { eventId, event, attempts: 0 };
    await this.#rows().createQueryBuilder().insert().values(first).orIgnore().updateEntity(false).execute();
    await this.#rows().increment({ eventId }, "attempts", 1);
    return (await this.#rows().findOneBy({ eventId }))?.attempts ?? 1;
  }

  /** It is handled. */
  async remove(eventId: string): Promise<void> {
    await this.#rows().delete({ eventId });
  }

  #rows() {
    return this.#connection.rawConnection.getRepository(FailedEvent);
  }
}
