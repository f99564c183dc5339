import type { QontoApi } from "./qonto-api.ts";
import type { Target } from "./target.ts";

/**
 * Observations by name, in words that can be compared and contain no data: statuses, codes, field names, amounts of our
 * own baskets.
 */
export type Facts = Readonly<Record<string, string>>;

export interface ProbeContext {
  readonly api: QontoApi;
  readonly target: Target;
}

/** One probe of Qonto, numbered as in the field notes. */
export interface Probe {
  readonly number: number;
  readonly title: string;
  readonly inProduction: boolean;
  /** @throws Skipped if it can't run now. */
  run(context: ProbeContext): Promise<Facts>;
}

/** The reason why a probe did not run. */
export class Skipped extends Error {}
