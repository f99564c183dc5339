/**
 * What a call to Qonto is for, the most urgent first:
 *
 * - `event`: a read because of an event of Qonto, such as a payment, and the refresh of a token
 * - `server`: the merchant's server, the operator or the merchant waits for it
 * - `shopper`: a shopper waits for it
 * - `upkeep`: jobs of the alarm, and diagnostics
 */
export type Priority = "event" | "server" | "shopper" | "upkeep";

export const PRIORITIES: readonly Priority[] = ["event", "server", "shopper", "upkeep"];

/** Upkeep leaves this part of the common calls and places to the others. */
export const KEPT_FROM_UPKEEP = 0.5;

/** A number for each priority. */
export type ByPriority = Record<Priority, number>;
