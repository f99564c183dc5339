import { isEnded } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** Whether a checkout must no longer get a link: it has ended, or its own time is over and the alarm is late. */
export function isOver({ status, closesAt, closedAt }: Checkout, now: number): boolean {
  return isEnded(status) || closedAt !== null || (closesAt !== null && closesAt <= now);
}
