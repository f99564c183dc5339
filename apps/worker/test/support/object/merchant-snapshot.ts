import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { merchantObject } from "./merchant-object.ts";

/** A merchant object's tables and alarm. */
export interface MerchantSnapshot {
  readonly alarm: number | null;
  /** Statements that create the tables and their indexes. */
  readonly schema: string;
  readonly tables: readonly Table[];
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlStorageValue[])[];
}

export function readMerchant(name: string): Promise<MerchantSnapshot> {
  return runInDurableObject(merchantObject(name), async (_object, { storage }) => ({
    alarm: await storage.getAlarm(),
    schema: ownObjects(storage.sql, "table", "index")
      .map(({ sql }) => sql)
      .join(";\n"),
    tables: ownObjects(storage.sql, "table").map(({ name: table }) => {
      const cursor = storage.sql.exec(`SELECT * FROM ${table}`);
      return { name: table, columns: cursor.columnNames, rows: [...cursor.raw()] };
    }),
  }));
}

/** Writes a snapshot into an empty object, which then starts from its storage. */
export async function writeMerchant(name: string, { alarm, schema, tables }: MerchantSnapshot): Promise<void> {
  const object = merchantObject(name);
  await runInDurableObject(object, async (_object, { storage }) => {
    storage.transactionSync(() => {
      storage.sql.exec(schema);
      for (const { name: table, columns, rows } of tables) {
        const values = columns.map(() => "?").join(", ");
        const insert = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values})`;
        for (const row of rows) storage.sql.exec(insert, ...row);
      }
    });
    if (alarm !== null) await storage.setAlarm(alarm);
  });
  await evictDurableObject(object);
}

/** Whether the Worker created an object. Names of SQLite's and the runtime's own objects begin differently. */
function ownObjects(sql: SqlStorage, ...types: readonly string[]): readonly { name: string; sql: string }[] {
  const found = sql.exec<{ type: string; name: string; sql: string }>(
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC",
  );
  return found.toArray().filter(({ type, name }) => types.includes(type) && !/^(sqlite|_cf)_/.test(name));
}
