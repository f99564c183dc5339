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

describe("a read, run concurrently because of the pauses between retries", () => {
  // Two operations that call the same endpoint and retry can't share a fault that lasts for one call.
  const runs: readonly Run[] = LASTING.flatMap((lasting) =>
    // A 404 of another operation also causes a call of the list, which must not meet the list's own fault.
    FAULTS[lasting.fault].kind === "missing"
      ? [
          { ...lasting, names: READS.filter((name) => name !== "list") },
          { ...lasting, names: ["list"] },
        ]
      : lasting.duration === "always" || durationsOf(lasting.fault).length === 1
        ? [{ ...lasting, names: READS }]
        : [
            { ...lasting, names: READS.filter((name) => name !== "sync") },
            { ...lasting, names: ["sync"] },
          ],
  );

  it.each(runs)("$names: $fault, $duration", async (run) => {
    expect(await runFault(run.names, run.fault, run.duration)).toEqual(expectedIn(run));
  });
});

it("10 s of silence: no caller of any operation waits for its end", async () => {
  const run: Run = { fault: "10 s of silence", duration: "once", names: OPERATION_NAMES };
  expect(await runFault(run.names, run.fault, run.duration)).toEqual(expectedIn(run));
});
