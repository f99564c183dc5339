import { DataSource, type DataSourceOptions } from "typeorm";

/** Where a shop of the tests keeps what it knows. */
export interface ShopDatabase {
  /** For a server that is about to start; the first one makes its tables. */
  connect(): DataSourceOptions;
  /** A server is about to stop. */
  keep(connection: DataSource): void;
  /** The shop is closed for good. */
  drop(): Promise<void>;
}

/** A database in the memory of this process, with one connection. */
export class MemoryDatabase implements ShopDatabase {
  #content: Uint8Array | undefined;

  connect(): DataSourceOptions {
    const database = this.#content;
    return { type: "sqljs", synchronize: database === undefined, ...(database !== undefined && { database }) };
  }

  keep({ driver }: DataSource): void {
    this.#content = (driver as unknown as { export(): Uint8Array }).export();
  }

  async drop(): Promise<void> {}
}

/** A database of its own on a Postgres server, which works on many requests at once as a merchant's does. */
export class PostgresDatabase implements ShopDatabase {
  readonly #server: string;
  readonly #name = `qonto_pay_${crypto.randomUUID().replaceAll("-", "")}`;
  #isNew = true;

  private constructor(server: string) {
    this.#server = server;
  }

  /** @param server the URL of any database there, of a user who may make others. */
  static async create(server: string): Promise<PostgresDatabase> {
    const database = new PostgresDatabase(server);
    await database.#tell<void>(`CREATE DATABASE ${database.#name}`);
    return database;
  }

  connect(): DataSourceOptions {
    const url = new URL(this.#server);
    url.pathname = this.#name;
    const synchronize = this.#isNew;
    this.#isNew = false;
    return { type: "postgres", url: url.href, synchronize };
  }

  keep(): void {}

  /** How many of the shop's requests wait for what another one has locked. */
  async waiting(): Promise<number> {
    const query = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = $1";
    return (await this.#tell<unknown[]>(query, [this.#name])).length;
  }

  drop(): Promise<void> {
    return this.#tell<void>(`DROP DATABASE ${this.#name} WITH (FORCE)`);
  }

  async #tell<Answer>(sql: string, parameters: readonly string[] = []): Promise<Answer> {
    const server = await new DataSource({ type: "postgres", url: this.#server }).initialize();
    try {
      return await server.query<Answer>(sql, [...parameters]);
    } finally {
      await server.destroy();
    }
  }
}
