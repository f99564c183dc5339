import { runInDurableObject } from "cloudflare:test";
import { vi } from "vitest";
import { merchantObject, untilAtRest } from "./merchant-object.ts";
import { forgetKeptLinks } from "../no-script.ts";
import { openShop } from "../shop.ts";

const WRITE = /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i;

/** The write at which the object was killed; null: it made fewer writes. */
interface Kill {
  write: string | null;
}

let stop = (): void => {};

/**
 * Kills the merchant's object right before its nth write from now on: of a row, or of its alarm. Its code ends at once,
 * and the writes that are not committed by then are lost, as if the process was killed.
 */
function killAtWrite(nth: number): Promise<Kill> {
  const kill: Kill = { write: null };
  return runInDurableObject(merchantObject(), (_object, state) => {
    // Both belong to the runtime, so a replacement also affects the object that starts after a kill.
    const database = Object.getPrototypeOf(state.storage.sql) as SqlStorage;
    const storage = Object.getPrototypeOf(state.storage) as DurableObjectStorage;
    const exec = Reflect.get(database, "exec");
    const setAlarm = Reflect.get(storage, "setAlarm");
    let writes = 0;
    const count = (write: string): void => {
      writes += 1;
      if (writes !== nth) return;
      kill.write = write.trim().replaceAll(/\s+/g, " ").slice(0, 60);
      state.abort("killed");
    };
    database.exec = function (this: SqlStorage, statement: string, ...values: unknown[]) {
      if (WRITE.test(statement)) count(statement);
      return exec.call(this, statement, ...values);
    } as typeof exec;
    storage.setAlarm = function (this: DurableObjectStorage, ...time) {
      count("setAlarm");
      return setAlarm.apply(this, time);
    };
    stop = () => {
      database.exec = exec;
      storage.setAlarm = setAlarm;
    };
    return kill;
  });
}

/** The parts of a case. Each runs once for each write of the task, on a new shop. */
export interface Killed {
  readonly before?: () => Promise<unknown>;
  /** The object is killed at one of its writes. */
  readonly task: () => Promise<unknown>;
  /** @param where names the write. */
  readonly check: (where: string) => Promise<void>;
}

/** Kills the object once at each write of a task. @returns the writes at which the object was killed, in their order. */
export async function killAtEveryWrite({ before, task, check }: Killed): Promise<readonly string[]> {
  const writes: string[] = [];
  for (let nth = 1; ; nth += 1) {
    await openShop();
    await forgetKeptLinks();
    await untilAtRest();
    await before?.();
    const kill = await killAtWrite(nth);
    await task().catch(() => undefined);
    stop();
    if (kill.write === null) return writes;
    writes.push(kill.write);
    await check(`killed at write ${nth}: ${kill.write}`);
    vi.useRealTimers();
  }
}

/** Ends the killing and restores real timers, after each test. */
export function endKilling(): void {
  stop();
  vi.useRealTimers();
}
