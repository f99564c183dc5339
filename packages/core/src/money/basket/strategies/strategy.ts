import type { DraftLine } from "../draft-line.ts";
import type { RoundingPolicy } from "../../rounding-policy.ts";
import type { WantedBasket } from "../wanted-basket.ts";

/** A way to write a basket. It proposes lines, the most natural first; their prices are settled afterwards. */
export type Strategy = (basket: WantedBasket, policies: readonly RoundingPolicy[]) => Iterable<readonly DraftLine[]>;
