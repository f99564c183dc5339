import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Expected, expectedOf } from "./expected.ts";
import { type Duration, durationsOf, FAULT_NAMES, FAULTS, type FaultName } from "./faults.ts";
import { OPERATION_NAMES, OPERATIONS, type OperationName } from "./operations.ts";
import { runFault } from "./run-fault.ts";

/** The fault matrix: every operation under every fault, over HTTP. `docs/operations/fault-matrix.md` documents it. */

beforeEach(() => {
  // The shortest pauses between two reads, since their duration does not matter here.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const READS = OPERATION_NAMES.filter((name) => OPERATIONS[name].kind === "read");
const OTHERS = OPERATION_NAMES.filter((name) => OPERATIONS[name].kind !== "read");

interface Run {
  readonly fault: FaultName;
  readonly duration: Duration;
  readonly names: readonly OperationName[];
}

/** Every fault except silence, with each duration. */
const LASTING = FAULT_NAMES.filter((fault) => FAULTS[fault].kind !== "silence").flatMap((fault) =>
  durationsOf(fault).map((duration) => ({ fault, duration })),
);

function expectedIn({ fault, duration, names }: Run): Record<string, Expected & { problems: readonly string[] }> {
  return Object.fromEntries(names.map((name) => [name, { ...expectedOf(name, fault, duration), problems: [] }]));
}

describe("a mutation", () => {
  const runs = OTHERS.flatMap((name) => LASTING.map((lasting) => ({ ...lasting, names: [name] })));

  it.each(runs)("$names: $fault, $duration", async (run) => {
    expect(await runFault(run.names, run.fault, run.duration)).toEqual(expectedIn(run));
  });
});

/** Returns the reads that can meet a fault at the same time. */
function groupsOf({ fault, duration }: Omit<Run, "names">): readonly (readonly OperationName[])[] {
  switch (FAULTS[fault].kind) {
    case "limited":
    case "limited_for_long":
      // A 429 to one merchant stops the others as well.
      return READS.map((name) => [name]);
    case "missing":
      // A 404 of another operation also causes a call of the list, which must not meet the list's own fault.
      return [READS.filter((name) => name !== "list"), ["list"]];
    default:
      // Two operations that call the same endpoint and retry can't share a fault that lasts for one call.
      return duration === "always" || durationsOf(fault).length === 1
        ? [READS]
        : [READS.filter((name) => name !== "sync"), ["sync"]];
  }
}

describe("a read, run concurrently because of the pauses between retries", () => {
  const runs: readonly Run[] = LASTING.flatMap((lasting) => groupsOf(lasting).map((names) => ({ ...lasting, names })));

  it.each(runs)("$names: $fault, $duration", async (run) => {
    expect(await runFault(run.names, run.fault, run.duration)).toEqual(expectedIn(run));
  });
});

it("10 s of silence: no caller of any operation waits for its end", async () => {
  const run: Run = { fault: "10 s of silence", duration: "once", names: OPERATION_NAMES };
  expect(await runFault(run.names, run.fault, run.duration)).toEqual(expectedIn(run));
});
