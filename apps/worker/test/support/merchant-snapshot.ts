import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { migrate } from "../../src/storage/migrate.ts";
import { merchantObject } from "./merchant-object.ts";

/** A merchant object's tables and alarm. */
export interface MerchantSnapshot {
  readonly alarm: number | null;
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
    tables: tableNames(storage.sql).map((table) => {
      const cursor = storage.sql.exec(`SELECT * FROM ${table}`);
      return { name: table, columns: cursor.columnNames, rows: [...cursor.raw()] };
    }),
  }));
}

/** Writes a merchant as it was read, into an object that holds none. The object then starts from its storage. */
export async function writeMerchant(name: string, { alarm, tables }: MerchantSnapshot): Promise<void> {
  const object = merchantObject(name);
  await runInDurableObject(object, async (_object, { storage }) => {
    migrate(storage);
    for (const table of tables) {
      storage.sql.exec(`DELETE FROM ${table.name}`);
      const values = table.columns.map(() => "?").join(", ");
      const insert = `INSERT INTO ${table.name} (${table.columns.join(", ")}) VALUES (${values})`;
      for (const row of table.rows) storage.sql.exec(insert, ...row);
    }
    if (alarm !== null) await storage.setAlarm(alarm);
  });
  await evictDurableObject(object);
}

/** Of the Worker's own: SQLite's and the runtime's begin with other letters. */
function tableNames(sql: SqlStorage): readonly string[] {
  const names = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").toArray();
  return names.map(({ name }) => name).filter((name) => !/^(sqlite|_cf)_/.test(name));
}
