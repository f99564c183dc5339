import { randomUUID } from "node:crypto";
import { Inject, Injectable, type OnApplicationBootstrap } from "@nestjs/common";
import { Logger, ProcessContext, TransactionalConnection } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { ShopIdentity } from "../entities/shop-identity.entity.ts";

const ROW = { id: 1 };

/**
 * A random id of this shop's database. Ids of orders and channels count from 1 in every shop: another shop of the same
 * merchant, or this shop set up again, has the same ones.
 */
@Injectable()
export class ShopIdentityService implements OnApplicationBootstrap {
  readonly #connection: TransactionalConnection;
  readonly #process: ProcessContext;

  constructor(
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(ProcessContext) process: ProcessContext,
  ) {
    this.#connection = connection;
    this.#process = process;
  }

  /** Creates the id before the first request, outside of any transaction that could be rolled back. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.#process.isServer) return;
    try {
      await this.get();
    } catch (error) {
      Logger.error(`The shop's identity can't be read. Run the plugin's migration. ${String(error)}`, LOG_CONTEXT);
    }
  }

  /** Returns the id. Servers that start at once create one id: the database keeps the first. */
  async get(): Promise<string> {
    const rows = this.#connection.rawConnection.getRepository(ShopIdentity);
    const row = await rows.findOneBy(ROW);
    if (row !== null) return row.shopId;
    const created = { ...ROW, shopId: randomUUID() };
    await rows.createQueryBuilder().insert().values(created).orIgnore().updateEntity(false).execute();
    return (await rows.findOneByOrFail(ROW)).shopId;
  }
}
