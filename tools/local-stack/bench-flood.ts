import { parseArgs } from "node:util";
import type { Hostile } from "./bench/flood/hostile-clients.ts";
import { type FloodResult, median, p95, runFlood } from "./bench/flood/run-flood.ts";

/**
 * `pnpm bench:flood`: sends 40 hostile requests a second to open checkouts with one publishable key, while Qonto takes
 * 300 ms, with Qonto's documented limits and those of the Worker. Shows what the merchant's shoppers, its server, its
 * payments and another merchant notice. The requests come from few addresses, from many, and from many whose program
 * solves the challenges with what the others leave of this machine. Exits with code 1 if a promise is
 * broken in a flood that does not solve them.
 *
 * Shoppers click as the button does, and solve their challenges on this machine: leave the machine alone meanwhile.
 */

const FLOODS: Readonly<Record<string, Hostile>> = {
  few: { addresses: 4, solves: false },
  many: { addresses: 2_000, solves: false },
  // For information: no promise holds against any number of processors.
  solving: { addresses: 2_000, solves: true },
};

/** The promises. */
const LEAST_SERVED = 0.95;
const MOST_P95_MS = 2_000;
const MOST_REPORT_MEDIAN_MS = 3_000;
const MOST_NEIGHBOR_RATIO = 1.2;
const MOST_NAMED_AFTER_S = 60;

const { values } = parseArgs({
  options: {
    flood: { type: "string", multiple: true },
    seconds: { type: "string", default: "30" },
    hostile: { type: "string", default: "40" },
    shoppers: { type: "string", default: "3" },
    latency: { type: "string", default: "300" },
  },
});

let isKept = true;
for (const name of values.flood ?? Object.keys(FLOODS)) {
  const hostile = FLOODS[name];
  if (hostile === undefined) throw new Error(`Unknown flood "${name}". Use ${Object.keys(FLOODS).join(", ")}.`);
  const result = await runFlood(hostile, {
    seconds: Number(values.seconds),
    hostilePerSecond: Number(values.hostile),
    shoppersPerSecond: Number(values.shoppers),
    latency: Number(values.latency),
  });
  const areKept = print(name, hostile, result);
  isKept &&= areKept || hostile.solves;
}
process.exitCode = isKept ? 0 : 1;

/** Prints each promise with its figures. @returns whether all are kept. */
function print(name: string, { addresses, solves }: Hostile, result: FloodResult): boolean {
  const { quiet, flooded, serverCalls, reported, payments, neighborQuiet, neighborFlooded, namedAfter } = result;
  const served = flooded.served.length / flooded.asked;
  const [before, during] = [p95(neighborQuiet), p95(neighborFlooded)];
  const promises: readonly (readonly [boolean, string])[] = [
    [served >= LEAST_SERVED, `shoppers served: ${percent(served)} of ${flooded.asked}`],
    [p95(flooded.served) < MOST_P95_MS, `shoppers' p95: ${ms(p95(flooded.served))}, quiet ${ms(p95(quiet.served))}`],
    [serverCalls.answered === serverCalls.asked, `server's calls: ${serverCalls.answered} of ${serverCalls.asked}`],
    [
      reported.length === payments && median(reported) < MOST_REPORT_MEDIAN_MS,
      `payments reported: ${reported.length} of ${payments}, median ${ms(median(reported))}`,
    ],
    [during <= before * MOST_NEIGHBOR_RATIO, `neighbor's p95: ${ms(during)}, quiet ${ms(before)}`],
    [
      namedAfter !== null && namedAfter <= MOST_NAMED_AFTER_S,
      `named by the diagnostics: ${namedAfter === null ? "no" : `after ${namedAfter.toFixed(1)} s`}`,
    ],
  ];
  console.log(`\n${name}: ${addresses} addresses, ${solves ? "challenges solved" : "no challenge solved"}`);
  console.log(`  ${result.hostile.sent} hostile requests opened ${result.hostile.opened} checkouts`);
  console.log(`  ${flooded.challenged} of the shoppers solved a challenge`);
  for (const [isTrue, text] of promises) console.log(`  ${isTrue ? "kept  " : "BROKEN"} ${text}`);
  return promises.every(([isTrue]) => isTrue);
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
