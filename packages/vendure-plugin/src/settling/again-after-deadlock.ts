import { QueryFailedError } from "typeorm";

const MOST_ATTEMPTS = 4;

/** Postgres and MySQL. */
const DEADLOCK: ReadonlySet<unknown> = new Set(["40P01", "ER_LOCK_DEADLOCK"]);

/**
 * Does what was ended by the database once more. Of two transactions that wait for each other it ends one, with which
 * nothing is wrong: a shopper's who changes a line, and ours, which settles the order.
 *
 * @param work a whole transaction.
 */
export async function againAfterDeadlock(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  return error instanceof QueryFailedError && DEADLOCK.has((error.driverError as { code?: unknown }).code);
}
