import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The statements that add checkouts. The tests of the Worker use the same. */
const SEED = readFileSync(
  new URL("../../../apps/worker/test/support/object/seed-checkouts.sql", import.meta.url),
  "utf8",
).replaceAll("{from}", "1");

/**
 * Adds checkouts to the databases of merchants. The Worker must not run.
 *
 * @param stateFolder of the Worker.
 * @param sizes the number of checkouts of each merchant, by the id of a product that only this merchant sells.
 */
export function growMerchants(stateFolder: string, sizes: ReadonlyMap<string, number>): void {
  const folder = join(stateFolder, "worker");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".sqlite")) continue;
    const database = new DatabaseSync(join(folder, file));
    const size = sizes.get(productOf(database, [...sizes.keys()]) ?? "");
    if (size !== undefined) {
      database.exec("BEGIN");
      database.exec(SEED.replaceAll("{to}", String(size)));
      // Deliveries are listed for the merchant's own endpoint.
      database.exec("UPDATE deliveries SET endpoint_id = (SELECT id FROM webhook_endpoints)");
      database.exec("COMMIT");
    }
    database.close();
  }
}

/** Returns which of the products the merchant of a database sells. */
function productOf(database: DatabaseSync, products: readonly string[]): string | undefined {
  const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'products'").get();
  if (table === undefined) return undefined;
  const sold = database.prepare("SELECT 1 FROM products WHERE id = ?");
  return products.find((id) => sold.get(id) !== undefined);
}
