import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { API_ERRORS, type ApiErrorBody } from "@qonto-pay/core/api";
import { expect } from "vitest";
import { eventually } from "../support/eventually.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { closeShops, openMerchant } from "../support/shop.ts";
import { type Expected, requestsUnder } from "./expected.ts";
import { CANARY, type Duration, FAULTS, type FaultName } from "./faults.ts";
import { OPERATIONS, type OperationName } from "./operations.ts";
import { problemsAfterAlarm, ringAlarms } from "./problems.ts";
import { PREPARE, type Prepared } from "./requests.ts";
import { jump, takeOverTime } from "./time.ts";

/** The observed outcome of a fault, with the problems right after it. */
export interface Observed extends Expected {
  readonly problems: readonly string[];
}

const HOUR_MS = 3_600_000;

/** When alarms run afterwards: first to finish a token's renewal, then for the first read of a new link. */
const RINGS_AFTER_MS = [11_000, 50_000];

/** The longest time that a caller may wait. */
const LONGEST_WAIT_MS = 9_500;

/** One operation under a fault. Its merchant has the operation's name. */
interface Cell extends Prepared {
  readonly name: OperationName;
}

/**
 * Runs operations under a fault of Qonto concurrently, each for its own merchant, and returns the outcomes. A fault
 * that lasts for one call is set once for each operation.
 *
 * Time is faked from here on: it runs, and jumps to later due times.
 */
export async function runFault(
  names: readonly OperationName[],
  fault: FaultName,
  duration: Duration,
): Promise<Readonly<Record<string, Observed>>> {
  const cells = await prepare(names);
  for (const { name } of cells) {
    await breakOperation(OPERATIONS[name].qonto, { ...FAULTS[fault].asked, times: duration === "once" ? 1 : 0 });
  }
  const first = await ofEach(cells, (cell) => ask(cell, requestsUnder(fault, duration)));
  if (FAULTS[fault].kind === "silence") await untilQontoHasAnswered(names);
  const calls = await ofEach(cells, callsFor);
  await control("DELETE", "faults");
  for (const pause of requestsUnder(fault, duration) > 1 ? [HOUR_MS] : RINGS_AFTER_MS) {
    await jump(pause);
    await ringAlarms(names);
  }
  const rightAfter = await problemsAfterAlarm(names);
  const again = await ofEach(cells, (cell) => ask(cell, 1));
  const atTheEnd = await problemsAfterAlarm(names);
  return ofEach(cells, ({ name }) => ({
    ...at(first, name),
    calls: at(calls, name),
    afterwards: at(again, name).answer,
    problems: [...new Set([...at(first, name).problems, ...at(again, name).problems, ...rightAfter, ...atTheEnd])],
  }));
}

async function prepare(names: readonly OperationName[]): Promise<readonly Cell[]> {
  await closeShops();
  takeOverTime();
  // Only this merchant's token has to expire.
  if (names.includes("token")) {
    await connect("token");
    await jump(HOUR_MS);
  }
  await Promise.all(names.filter((name) => name !== "token").map(connect));
  const cells: Cell[] = [];
  for (const name of names) cells.push({ name, ...(await PREPARE[name](name, names.length === 1)) });
  await control("DELETE", "journal");
  return cells;
}

/** Creates a merchant and waits for the first jobs of its alarm, so that they don't meet the fault. */
async function connect(name: OperationName): Promise<void> {
  await openMerchant(name);
  await eventually(async () => {
    await runDurableObjectAlarm(merchantObject(name));
    const next = await runInDurableObject(merchantObject(name), (_object, state) => state.storage.getAlarm());
    expect(next).toBeGreaterThan(Date.now());
  });
}

/** @returns the outcome of the last request. */
async function ask({ make }: Cell, times: number): Promise<Told> {
  for (let time = 1; time < times; time += 1) await make();
  const startedAt = performance.now();
  const told = await read(await make());
  const isLate = performance.now() - startedAt > LONGEST_WAIT_MS;
  return isLate ? { ...told, problems: [...told.problems, "the caller waits too long"] } : told;
}

type Told = Pick<Observed, "answer" | "retryAfter" | "problems">;

async function read(response: Response): Promise<Told> {
  const text = await response.text();
  const retryAfter = response.headers.get("Retry-After");
  if (response.ok) return { answer: "works", retryAfter: null, problems: [] };
  const { code } = (JSON.parse(text) as ApiErrorBody).error;
  const problems = [
    ...(API_ERRORS[code].status === response.status ? [] : [`${code} has the status ${response.status}`]),
    ...(text.includes(CANARY) || text.includes("Bad gateway") ? ["Qonto's text is shown"] : []),
  ];
  return { answer: code, retryAfter: retryAfter === null ? null : Number(retryAfter), problems };
}

async function callsFor({ name, isCause }: Cell): Promise<number> {
  return (await callsOf(OPERATIONS[name].qonto)).filter(isCause).length;
}

/** Waits until Qonto has executed the delayed requests. */
async function untilQontoHasAnswered(names: readonly OperationName[]): Promise<void> {
  const operations = [...new Set(names.map((name) => OPERATIONS[name].qonto))];
  await eventually(async () => {
    const calls = (await Promise.all(operations.map(callsOf))).flat();
    expect(calls.filter((call) => call.status === null)).toEqual([]);
  });
}

async function ofEach<T>(cells: readonly Cell[], look: (cell: Cell) => T | Promise<T>): Promise<Record<string, T>> {
  const found = await Promise.all(cells.map(async (cell) => [cell.name, await look(cell)] as const));
  return Object.fromEntries(found);
}

function at<T>(record: Readonly<Record<string, T>>, name: string): T {
  const found = record[name];
  if (found === undefined) throw new RangeError(`no outcome is known for ${name}`);
  return found;
}
