import { isEnded } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** Whether nobody is to get a link for a checkout any more: it has ended, or its own time is over and the alarm is late. */
export function isOver({ status, closesAt, closedAt }: Checkout, now: number): boolean {
  return isEnded(status) || closedAt !== null || (closesAt !== null && closesAt <= now);
}
