import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Problem } from "./api/problem.ts";

/** What becomes of watching. */
export interface StatusListener {
  readonly onReport: (report: CheckoutStatusReport) => void;
  /** The Worker does not know the checkout, which ends it. */
  readonly onUnknown: () => void;
  /** The Worker refuses to tell, which ends it. */
  readonly onRefused?: (problem: Problem) => void;
  /** The status can't be read now, and is asked for again. */
  readonly onTrouble?: () => void;
}
