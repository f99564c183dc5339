import {
  CHECKOUT_OPENERS,
  CHECKOUT_STATUSES,
  type CheckoutOpener,
  type CheckoutStatus,
  type Metadata,
} from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { PaymentLink } from "@qonto-pay/core/qonto";

/** The payment link that a checkout owns. */
export interface OwnedLink {
  readonly id: string;
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** As Qonto last answered it. */
  readonly body: PaymentLink;
}

export interface NewCheckout {
  readonly id: string;
  readonly attemptId: string;
  /** What was asked for, in one canonical text: the same attempt must ask for the same. */
  readonly intent: string;
  readonly reference: string | null;
  readonly amount: Money;
  readonly metadata: Metadata;
  /** Any number of people may pay it. */
  readonly isReusable: boolean;
  /** Who opened it, and so whose its reference is: only one of the merchant's own takes the place of another. */
  readonly openedBy: CheckoutOpener;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  /** When it can't be paid any more, whatever Qonto's link says; null: when Qonto's link ends. */
  readonly closesAt: number | null;
}

export interface Checkout extends Omit<NewCheckout, "attemptId"> {
  readonly status: CheckoutStatus;
  /** The id of the checkout that took its place. */
  readonly supersededBy: string | null;
  /** When it was closed because its time was over. */
  readonly closedAt: number | null;
  readonly createdAt: number;
  /** Null until Qonto has answered with a link. */
  readonly link: OwnedLink | null;
  /** When something was last heard of it: that it was asked for, or an event of Qonto's. */
  readonly heardAt: number;
  /** How often in a row Qonto could not be read. */
  readonly failedReads: number;
}

/** Which checkouts a list has; all where a field is absent. */
export interface CheckoutFilter {
  readonly status?: readonly CheckoutStatus[] | undefined;
  readonly reference?: string | undefined;
  readonly openedBy?: readonly CheckoutOpener[] | undefined;
  readonly createdFrom?: number | undefined;
  readonly createdBefore?: number | undefined;
  /** The last one of the page before. */
  readonly after?: string | undefined;
}

/** After every time that a checkout can be made at. */
const LATEST = Number.MAX_SAFE_INTEGER;

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  intent: string;
  reference: string | null;
  status: string;
  amount: string;
  currency: string;
  metadata: string;
  reusable: number;
  opened_by: string;
  success_url: string | null;
  cancel_url: string | null;
  superseded_by: string | null;
  closes_at: number | null;
  closed_at: number | null;
  created_at: number;
  payment_link: string | null;
  link_id: string | null;
  pay_url: string | null;
  expires_at: string | null;
  heard_at: number;
  failed_reads: number;
}

const COLUMNS =
  "id, intent, reference, status, amount, currency, metadata, reusable, opened_by, success_url, cancel_url, superseded_by, closes_at, closed_at, created_at, payment_link, link_id, pay_url, expires_at, heard_at, failed_reads";

/** The merchant's checkouts. Times are milliseconds of the epoch. */
export class Checkouts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: string): Checkout | null {
    return this.#findBy("id", id);
  }

  findByAttempt(attemptId: string): Checkout | null {
    return this.#findBy("attempt_id", attemptId);
  }

  findByLink(linkId: string): Checkout | null {
    return this.#findBy("link_id", linkId);
  }

  add(checkout: NewCheckout, now: number): void {
    this.#sql.exec(
      `INSERT INTO checkouts
         (id, attempt_id, intent, reference, status, amount, currency, metadata, reusable, opened_by, success_url,
          cancel_url, closes_at, created_at, heard_at)
       VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      checkout.id,
      checkout.attemptId,
      checkout.intent,
      checkout.reference,
      checkout.amount.value,
      checkout.amount.currency,
      JSON.stringify(checkout.metadata),
      checkout.isReusable ? 1 : 0,
      checkout.openedBy,
      checkout.successUrl,
      checkout.cancelUrl,
      checkout.closesAt,
      now,
      now,
    );
  }

  /** Gives a checkout that has no link yet the price of now. */
  reprice(id: string, amount: Money): void {
    this.#sql.exec(
      "UPDATE checkouts SET amount = ?, currency = ? WHERE id = ? AND link_id IS NULL",
      amount.value,
      amount.currency,
      id,
    );
  }

  recordLink(id: string, link: PaymentLink): void {
    this.#sql.exec(
      "UPDATE checkouts SET link_id = ?, pay_url = ?, expires_at = ?, payment_link = ? WHERE id = ?",
      link.id,
      link.url,
      link.expiration_date,
      JSON.stringify(link),
      id,
    );
  }

  /** Qonto was read: the link as it is now, and what that makes of the checkout. */
  recordReading(id: string, status: CheckoutStatus, link: PaymentLink): void {
    this.#sql.exec(
      "UPDATE checkouts SET status = ?, payment_link = ?, expires_at = ? WHERE id = ?",
      status,
      JSON.stringify(link),
      link.expiration_date,
      id,
    );
  }

  /** Another one took its place. */
  supersede(id: string, by: string): void {
    this.#sql.exec("UPDATE checkouts SET superseded_by = ? WHERE id = ?", by, id);
  }

  /** Ends one that never got a link. @returns false where it has one, or has ended before. */
  endUnminted(id: string, status: "canceled" | "expired"): boolean {
    const sql = "UPDATE checkouts SET status = ? WHERE id = ? AND link_id IS NULL AND status = 'open'";
    return this.#sql.exec(sql, status, id).rowsWritten > 0;
  }

  /** Those opened by the merchant for a reference that can still be paid, oldest first. */
  openForReference(reference: string): readonly Checkout[] {
    return this.#sql
      .exec<Row>(
        `SELECT ${COLUMNS} FROM checkouts
         WHERE reference = ? AND opened_by <> 'button' AND superseded_by IS NULL AND status IN ('open', 'processing')
         ORDER BY created_at, id`,
        reference,
      )
      .toArray()
      .map(checkoutOf);
  }

  /** Those whose time is over. */
  dueForClosing(now: number): readonly Checkout[] {
    return this.#sql
      .exec<Row>(`SELECT ${COLUMNS} FROM checkouts WHERE closes_at <= ? ORDER BY closes_at LIMIT 100`, now)
      .toArray()
      .map(checkoutOf);
  }

  /** Its time is over, and what follows from that is under way. */
  recordClosing(id: string): void {
    this.#sql.exec("UPDATE checkouts SET closed_at = closes_at, closes_at = NULL WHERE id = ?", id);
  }

  nextClosing(): number | null {
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(closes_at) AS at FROM checkouts WHERE closes_at IS NOT NULL")
      .one().at;
  }

  /** Newest first. Null: there is no checkout `after`. */
  list(filter: CheckoutFilter, limit: number): readonly Checkout[] | null {
    const { status = CHECKOUT_STATUSES, openedBy = CHECKOUT_OPENERS, reference, after } = filter;
    const { createdFrom = 0, createdBefore = LATEST } = filter;
    const last = after === undefined ? null : this.find(after);
    if (after !== undefined && last === null) return null;
    return this.#sql
      .exec<Row>(
        `SELECT ${COLUMNS} FROM checkouts
         WHERE ${reference === undefined ? "" : "reference = ? AND"} status IN (SELECT value FROM json_each(?))
           AND opened_by IN (SELECT value FROM json_each(?))
           AND created_at >= ? AND created_at < ? AND (created_at, id) < (?, ?)
         ORDER BY created_at DESC, id DESC LIMIT ?`,
        ...(reference === undefined ? [] : [reference]),
        JSON.stringify(status),
        JSON.stringify(openedBy),
        createdFrom,
        createdBefore,
        last?.createdAt ?? LATEST,
        last?.id ?? "",
        limit,
      )
      .toArray()
      .map(checkoutOf);
  }

  /** An event came in: its link is to be read now. */
  hear(id: string, now: number): void {
    this.#sql.exec("UPDATE checkouts SET heard_at = ?, read_at = ?, failed_reads = 0 WHERE id = ?", now, now, id);
  }

  /** Has the link read from Qonto at this time; null: not any more. */
  readLinkAt(id: string, time: number | null): void {
    this.#sql.exec("UPDATE checkouts SET read_at = ? WHERE id = ?", time, id);
  }

  /**
   * All that there is to read was read.
   *
   * @param planned the time that was set before the read: another one was set by an event meanwhile, and stays.
   */
  planNextRead(id: string, planned: number | null, readAt: number | null): void {
    this.#sql.exec(
      "UPDATE checkouts SET read_at = ?, failed_reads = 0 WHERE id = ? AND read_at IS ?",
      readAt,
      id,
      planned,
    );
  }

  /** @param planned as for `planNextRead`. */
  recordFailedRead(id: string, planned: number | null, readAt: number | null): void {
    this.#sql.exec(
      "UPDATE checkouts SET failed_reads = failed_reads + 1, read_at = ? WHERE id = ? AND read_at IS ?",
      readAt,
      id,
      planned,
    );
  }

  /** Those whose link is to be read now: first those that an event came in for, then the longest due. */
  dueForReading(now: number): readonly Checkout[] {
    return this.#sql
      .exec<Row>(
        `SELECT ${COLUMNS} FROM checkouts WHERE read_at <= ? ORDER BY read_at = heard_at DESC, read_at LIMIT 50`,
        now,
      )
      .toArray()
      .map(checkoutOf);
  }

  nextReading(): number | null {
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(read_at) AS at FROM checkouts WHERE read_at IS NOT NULL")
      .one().at;
  }

  /** How many can still be paid, of those whose link is read from time to time: the others are too many to count. */
  countOpen(): number {
    return this.#sql
      .exec<{ open: number }>(
        "SELECT count(*) AS open FROM checkouts WHERE read_at IS NOT NULL AND status IN ('open', 'processing')",
      )
      .one().open;
  }

  /** How many were to be read before this time and were not. */
  countDueBefore(time: number): number {
    return this.#sql.exec<{ due: number }>("SELECT count(*) AS due FROM checkouts WHERE read_at < ?", time).one().due;
  }

  /** When the newest one that has a link was made, of those made before this time; null: there is none. */
  newestMintedBefore(time: number): number | null {
    const newest = this.#sql
      .exec<{ at: number }>(
        `SELECT created_at AS at FROM checkouts WHERE created_at < ? AND link_id IS NOT NULL
         ORDER BY created_at DESC LIMIT 1`,
        time,
      )
      .toArray()[0];
    return newest?.at ?? null;
  }

  #findBy(column: "id" | "attempt_id" | "link_id", value: string): Checkout | null {
    const row = this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM checkouts WHERE ${column} = ?`, value).toArray()[0];
    return row === undefined ? null : checkoutOf(row);
  }
}

function checkoutOf(row: Row): Checkout {
  const { link_id, pay_url, expires_at, payment_link } = row;
  const hasLink = link_id !== null && pay_url !== null && expires_at !== null && payment_link !== null;
  return {
    id: row.id,
    intent: row.intent,
    reference: row.reference,
    status: row.status as CheckoutStatus,
    amount: { value: row.amount, currency: row.currency },
    metadata: JSON.parse(row.metadata) as Metadata,
    isReusable: row.reusable === 1,
    openedBy: row.opened_by as CheckoutOpener,
    successUrl: row.success_url,
    cancelUrl: row.cancel_url,
    supersededBy: row.superseded_by,
    closesAt: row.closes_at,
    closedAt: row.closed_at,
    createdAt: row.created_at,
    link: hasLink
      ? { id: link_id, url: pay_url, expiresAt: expires_at, body: JSON.parse(payment_link) as PaymentLink }
      : null,
    heardAt: row.heard_at,
    failedReads: row.failed_reads,
  };
}
