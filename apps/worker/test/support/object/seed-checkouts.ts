import SEED from "./seed-checkouts.sql?raw";

/** The first checkout is created one step after this time, in milliseconds since the epoch. */
export const SEEDED_FROM = Date.UTC(2026, 0, 1);
export const SEEDED_STEP_MS = 1_000;

/** The endpoint to which the seeded deliveries belong. */
export const SEEDED_ENDPOINT = "we_0000000000000seeded0";

/** Returns the id of a seeded checkout. */
export function seededId(number: number): string {
  return `co_${String(number).padStart(20, "0")}`;
}

/** Adds checkouts to a merchant's database, as `seed-checkouts.sql` describes them. */
export function seedCheckouts(sql: SqlStorage, from: number, to: number): void {
  sql.exec(SEED.replaceAll("{from}", String(from)).replaceAll("{to}", String(to)));
}
