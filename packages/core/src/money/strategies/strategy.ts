import type { DraftLine } from "../draft-line.ts";
import type { RoundingPolicy } from "../rounding-policy.ts";
import type { WantedBasket } from "../wanted-basket.ts";

/** Lines to start from, and what is left for a line of its own. */
export interface Proposal {
  readonly lines: readonly DraftLine[];
  /** Gross of the rounding line, in minor units; zero where there is none. */
  readonly rounding: bigint;
}

/** A way to write a basket. It proposes lines, the most natural first; their prices are settled afterwards. */
export type Strategy = (basket: WantedBasket, policies: readonly RoundingPolicy[]) => Iterable<Proposal>;
