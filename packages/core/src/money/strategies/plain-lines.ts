import { plainDraft } from "../draft-line.ts";
import type { Strategy } from "./strategy.ts";

/** The lines as the merchant wrote them. */
export const plainLines: Strategy = (basket) => [
  { lines: basket.lines.map((line) => plainDraft(line, basket)), rounding: 0n },
];
