import { DataSource, type DataSourceOptions } from "typeorm";

/** The database of a shop in the tests. */
export interface ShopDatabase {
  /** Returns the options for a server that starts. The first server creates the tables. */
  connect(): DataSourceOptions;
  /** Saves the content before a server stops. */
  keep(connection: DataSource): void;
  /** Removes the database. */
  drop(): Promise<void>;
}

/** An in-memory database with one connection. */
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

/** A database of its own on a Postgres server, which handles concurrent requests. */
export class PostgresDatabase implements ShopDatabase {
  readonly #server: string;
  readonly #name = `qonto_pay_${crypto.randomUUID().replaceAll("-", "")}`;
  #isNew = true;

  private constructor(server: string) {
    this.#server = server;
  }

  /** @param server the URL of any database on the server, with a user who can create databases. */
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

  /** Returns the number of the shop's requests that wait for a lock. */
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
