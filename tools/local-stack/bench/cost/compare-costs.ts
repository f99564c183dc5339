import { performance } from "node:perf_hooks";

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  /** Returns how long its process has run so far, in milliseconds. */
  readonly cpuTime: () => number;
  /** Makes one request. @throws Error for an unexpected answer. */
  readonly request: () => Promise<void>;
  /** Ends its process. */
  readonly close: () => Promise<void>;
}

/** What the requests of one side cost. Times are milliseconds. */
export interface Cost {
  readonly name: string;
  /** The processor time of a request, for each round. */
  readonly cpu: readonly number[];
  /** The time from each request to its answer, shortest first. */
  readonly latencies: readonly number[];
}

export interface Measurement {
  readonly rounds: number;
  /** The number of requests in a round, for each side. */
  readonly requests: number;
  /** The longest duration of the measurement, in milliseconds. Rounds that are left then are not measured. */
  readonly mostMs?: number;
}

/** The requests of each side that are not measured: the engine compiles the code that runs often. */
const WARM_UP = 400;

/**
 * Measures the sides in turns, in short rounds, so that a busy machine affects all of them. One request follows the
 * other. A round begins with another side each time.
 */
export async function measureCosts(
  sides: readonly Side[],
  { rounds, requests, mostMs = Infinity }: Measurement,
): Promise<readonly Cost[]> {
  const costs = sides.map(({ name }) => ({ name, cpu: [] as number[], latencies: [] as number[] }));
  const endsAt = performance.now() + mostMs;
  for (const side of sides) await runRound(side, WARM_UP);
  for (let round = 0; round < rounds && performance.now() < endsAt; round += 1) {
    for (let turn = 0; turn < sides.length; turn += 1) {
      const place = (round + turn) % sides.length;
      const [side, cost] = [sides[place], costs[place]];
      if (side === undefined || cost === undefined) continue;
      const { cpu, latencies } = await runRound(side, requests);
      cost.cpu.push(cpu);
      cost.latencies.push(...latencies);
    }
  }
  return costs.map((cost) => ({ ...cost, latencies: cost.latencies.toSorted((a, b) => a - b) }));
}

async function runRound({ cpuTime, request }: Side, requests: number): Promise<{ cpu: number; latencies: number[] }> {
  const latencies: number[] = [];
  const before = cpuTime();
  for (let count = 0; count < requests; count += 1) {
    const sentAt = performance.now();
    await request();
    latencies.push(performance.now() - sentAt);
  }
  return { cpu: (cpuTime() - before) / requests, latencies };
}

/** A ratio of two costs, and its noise: half of the range that contains the middle half of the rounds. */
export interface Ratio {
  readonly value: number;
  readonly noise: number;
}

/** Returns the ratio of two sides' processor times, round by round. */
export function cpuRatio(part: Cost, whole: Cost): Ratio {
  const ratios = part.cpu.map((cpu, round) => cpu / (whole.cpu[round] ?? NaN)).toSorted((a, b) => a - b);
  return { value: quantile(ratios, 0.5), noise: (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / 2 };
}

/** Returns a quantile of sorted numbers. @param part from 0 to 1. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** Prints the costs of each side. */
export function printCosts(costs: readonly Cost[]): void {
  console.log("| side | CPU of a request | p50 | p99 |");
  console.log("|---|---|---|---|");
  for (const { name, cpu, latencies } of costs) {
    const sorted = cpu.toSorted((a, b) => a - b);
    const figures = [quantile(sorted, 0.5), quantile(latencies, 0.5), quantile(latencies, 0.99)];
    console.log(`| ${name} | ${figures.map((figure) => `${figure.toFixed(3)} ms`).join(" | ")} |`);
  }
}
