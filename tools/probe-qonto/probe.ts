import type { QontoApi } from "./qonto-api.ts";
import type { Target } from "./target.ts";

/** What was seen, by name, in words that can be compared and hold no data: statuses, codes, field names, amounts of our own baskets. */
export type Facts = Readonly<Record<string, string>>;

export interface ProbeContext {
  readonly api: QontoApi;
  readonly target: Target;
}

/** One question to Qonto, numbered as in the list that it comes from. */
export interface Probe {
  readonly number: number;
  readonly title: string;
  readonly inProduction: boolean;
  /** @throws Skipped where it can't be asked now. */
  run(context: ProbeContext): Promise<Facts>;
}

/** Why a probe was not made. */
export class Skipped extends Error {}
