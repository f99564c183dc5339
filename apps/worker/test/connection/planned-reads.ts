import { runInDurableObject } from "cloudflare:test";
import { merchantObject } from "../support/object/merchant-object.ts";

/** Returns the time at which the link of each checkout is read next, in milliseconds since the epoch, soonest first. */
export function plannedReads(): Promise<readonly number[]> {
  return runInDurableObject(merchantObject(), (_object, { storage }) =>
    storage.sql
      .exec<{ read_at: number }>("SELECT read_at FROM checkouts WHERE read_at IS NOT NULL ORDER BY read_at")
      .toArray()
      .map(({ read_at }) => read_at),
  );
}
