import { placeOf } from "./failure/failure.ts";

/** What an operator reads of one request: one line of JSON, no secret, no text of a shopper's or of Qonto's. */
export interface RequestLine {
  readonly request_id: string;
  readonly method: string;
  /** The route's pattern, not the address: an address may hold a status token. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly code?: string;
  readonly reason?: string;
  readonly param?: string | undefined;
}

export function logRequest(line: RequestLine): void {
  const text = JSON.stringify(line);
  if (line.status >= 500) console.error(text);
  else console.log(text);
}

/** Money that no checkout knows of: a shopper paid a link that was about to be deactivated. Somebody has to look. */
export function logUnclaimedPayment(linkId: string): void {
  console.error(JSON.stringify({ where: "deactivating a link", code: "unclaimed_payment", payment_link_id: linkId }));
}

/** A fault of our own, outside of a request. */
export function logDefect(where: string, defect: unknown): void {
  console.error(JSON.stringify({ where, code: "internal_error", reason: placeOf(defect) }));
}
