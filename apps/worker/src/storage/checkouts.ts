import { type CheckoutStatus, DEFAULT_EXPIRES_IN, isEnded } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import { knownEnd, type PaymentLink } from "@qonto-pay/core/qonto";
import { type CheckoutFilter, type FoundCheckouts, listCheckouts } from "./checkout-list.ts";
import { CheckoutMetadata } from "./checkout-metadata.ts";
import { checkoutsOfReference } from "./checkout-references.ts";
import {
  type Checkout,
  type CheckoutWithLink,
  COLUMNS,
  checkoutOf,
  checkoutWithLinkOf,
  type NewCheckout,
  type Row,
} from "./checkout-row.ts";
import { MOST_COUNTED, type Sql } from "./sql.ts";

export {
  type Checkout,
  type CheckoutWithLink,
  type CheckoutWithoutLink,
  invoiceOfReference,
  invoiceReference,
  ownReferencesOf,
  type References,
} from "./checkout-row.ts";

/** What a read of Qonto found, and the resulting status. */
export interface CheckoutReading {
  readonly status: CheckoutStatus;
  readonly link: PaymentLink;
  /** Whether the link is `paid`, and no payment is; null: not known, which changes nothing. */
  readonly isPaidByLinkOnly: boolean | null;
}

/** The lifetime of a checkout whose link has no known end: the longest that `expires_in` allows. */
const OWN_LIFE_MS = DEFAULT_EXPIRES_IN * 1000;

/** As long as an `Idempotency-Key` is kept: until then, the same call may still get its link. */
const NO_LINK_LIFE_MS = 24 * 60 * 60_000;

/** SQLite would rather read all checkouts that ended without a link. */
const WITHOUT_LINK = `INDEXED BY checkouts_without_link WHERE link_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM unclaimed_links WHERE checkout_id = checkouts.id)`;

/** The merchant's checkouts. Times are milliseconds since the epoch. */
export class Checkouts {
  readonly #sql: Sql;
  readonly #metadata: CheckoutMetadata;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.#metadata = new CheckoutMetadata(sql);
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

  /** Reads a checkout again, because it may have changed meanwhile. */
  reload({ id }: CheckoutWithLink): CheckoutWithLink {
    return checkoutWithLinkOf(this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM checkouts WHERE id = ?`, id).one());
  }

  add(checkout: NewCheckout, now: number): void {
    this.#sql.exec(
      `INSERT INTO checkouts
         (id, attempt_id, intent, reference, opening_reference, status, amount, currency, metadata, products, reusable,
          opened_by, success_url, cancel_url, locale, closes_at, created_at, heard_at)
       VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      checkout.id,
      checkout.attemptId,
      checkout.intent,
      checkout.reference,
      checkout.openingReference,
      checkout.amount.value,
      checkout.amount.currency,
      JSON.stringify(checkout.metadata),
      checkout.products === null ? null : JSON.stringify(checkout.products),
      checkout.isReusable ? 1 : 0,
      checkout.openedBy,
      checkout.successUrl,
      checkout.cancelUrl,
      checkout.locale,
      checkout.closesAt,
      now,
      now,
    );
    if (Object.keys(checkout.metadata).length > 0) this.#metadata.add(checkout.id);
  }

  /**
   * Stores the reference and metadata that the merchant's server has set.
   *
   * @param detail `isReferenceSet`: the server chose the reference.
   */
  update(id: string, detail: Pick<Checkout, "reference" | "metadata"> & { readonly isReferenceSet: boolean }): void {
    const { reference, metadata, isReferenceSet } = detail;
    this.#metadata.remove(id);
    this.#sql.exec(
      "UPDATE checkouts SET reference = ?, metadata = ?, reference_set = ? WHERE id = ?",
      reference,
      JSON.stringify(metadata),
      isReferenceSet ? 1 : 0,
      id,
    );
    this.#metadata.add(id);
  }

  /** Sets the current price of a checkout without a link. */
  reprice(id: string, amount: Money): void {
    this.#sql.exec(
      "UPDATE checkouts SET amount = ?, currency = ? WHERE id = ? AND link_id IS NULL",
      amount.value,
      amount.currency,
      id,
    );
  }

  /**
   * Stores the link of a checkout. If Qonto's link has no known end, the checkout gets one of its own.
   *
   * @param checkout as it is stored now.
   * @param readAt the time of the link's first read, in milliseconds since the epoch.
   */
  recordLink(checkout: Checkout, link: PaymentLink, readAt: number, now: number): CheckoutWithLink {
    const { id, closedAt } = checkout;
    const hasOwnEnd = knownEnd(link.expiration_date) === null && closedAt === null;
    const closesAt = hasOwnEnd ? (checkout.closesAt ?? now + OWN_LIFE_MS) : checkout.closesAt;
    this.#sql.exec(
      `UPDATE checkouts SET link_id = ?, pay_url = ?, expires_at = ?, payment_link = ?, closes_at = ?, read_at = ?
       WHERE id = ?`,
      link.id,
      link.url,
      link.expiration_date,
      JSON.stringify(link),
      closesAt,
      readAt,
      id,
    );
    const endsAt = knownEnd(link.expiration_date, link.created_at);
    return { ...checkout, closesAt, link: { id: link.id, url: link.url, endsAt, body: link } };
  }

  /** Stores what a read of Qonto found. */
  recordReading(id: string, { status, link, isPaidByLinkOnly }: CheckoutReading, now: number): void {
    this.#metadata.setStatus(id, status);
    this.#sql.exec(
      `UPDATE checkouts SET payment_link = iif(erased_at IS NULL, ?, payment_link), expires_at = ?, ended_at = iif(?, iif(status = ?, ended_at, ?), NULL),
         paid_link_seen_at = iif(?, paid_link_seen_at, iif(?, coalesce(paid_link_seen_at, ?), NULL)), status = ?
       WHERE id = ?`,
      JSON.stringify(link),
      link.expiration_date,
      isEnded(status) ? 1 : 0,
      status,
      now,
      isPaidByLinkOnly === null ? 1 : 0,
      isPaidByLinkOnly === true ? 1 : 0,
      now,
      status,
      id,
    );
    if (isEnded(status) || knownEnd(link.expiration_date) !== null) return;
    const sql = "UPDATE checkouts SET closes_at = ? WHERE id = ? AND closes_at IS NULL AND closed_at IS NULL";
    this.#sql.exec(sql, now + OWN_LIFE_MS, id);
  }

  /** Records that another checkout replaced this one. */
  supersede(id: string, by: string): void {
    this.#sql.exec("UPDATE checkouts SET superseded_by = ? WHERE id = ?", by, id);
  }

  /** Ends a checkout that never got a link. @returns false if it has a link, or has ended before. */
  endUnminted(id: string, status: "canceled" | "expired"): boolean {
    const checkout = this.find(id);
    if (checkout === null || checkout.link !== null || checkout.status !== "open") return false;
    this.#metadata.setStatus(id, status);
    this.#sql.exec("UPDATE checkouts SET status = ? WHERE id = ?", status, id);
    return true;
  }

  /** Returns the merchant's own checkouts with a reference that can still be paid, oldest first. */
  openForReference(reference: string): readonly Checkout[] {
    return checkoutsOfReference(this.#sql, reference, "'open', 'processing'").filter(
      (checkout) => checkout.reference === reference && checkout.isReferenceOwn && checkout.supersededBy === null,
    );
  }

  /**
   * Returns the merchant's own checkouts with a reference, or opened with it, whose link may be payable, oldest first.
   * Includes those that were replaced and have not ended yet.
   */
  payableForReference(reference: string): readonly CheckoutWithLink[] {
    return checkoutsOfReference(this.#sql, reference, "'open'").filter((checkout) => checkout.link !== null);
  }

  /**
   * Returns the merchant's own paid checkout with a reference, or opened with it. If none is paid, returns one that is
   * processing; null if there is none either.
   */
  settledForReference(reference: string, except = ""): Checkout | null {
    const settled = checkoutsOfReference(this.#sql, reference, "'paid', 'processing'").filter(
      ({ id }) => id !== except,
    );
    return settled.findLast(({ status }) => status === "paid") ?? settled.at(-1) ?? null;
  }

  /** Returns the checkouts whose time is over. */
  dueForClosing(now: number): readonly Checkout[] {
    return this.#sql
      .exec<Row>(`SELECT ${COLUMNS} FROM checkouts WHERE closes_at <= ? ORDER BY closes_at LIMIT 100`, now)
      .toArray()
      .map(checkoutOf);
  }

  /** Records that a checkout has expired, and that the Worker has begun to close it. */
  recordClosing(id: string): void {
    this.#sql.exec("UPDATE checkouts SET closed_at = closes_at, closes_at = NULL WHERE id = ?", id);
  }

  /** Returns the earliest time after this one at which a checkout is due for closing, or has had no link for `NO_LINK_LIFE_MS`. */
  nextClosing(after: number): number | null {
    return this.#sql
      .exec<{ at: number | null }>(
        `SELECT min(at) AS at FROM (
           SELECT min(closes_at) AS at FROM checkouts WHERE closes_at > ?
           UNION ALL SELECT min(created_at) + ? FROM checkouts ${WITHOUT_LINK} AND created_at > ?)`,
        after,
        NO_LINK_LIFE_MS,
        after - NO_LINK_LIFE_MS,
      )
      .one().at;
  }

  /**
   * Returns the checkouts that were created `NO_LINK_LIFE_MS` ago and have no link, in any status. A checkout whose create
   * call may still turn out to have made a link is left out until the result is known.
   */
  abandoned(now: number): readonly Checkout[] {
    return this.#sql
      .exec<Row>(
        `SELECT ${COLUMNS} FROM checkouts ${WITHOUT_LINK} AND created_at <= ? ORDER BY created_at LIMIT 100`,
        now - NO_LINK_LIFE_MS,
      )
      .toArray()
      .map(checkoutOf);
  }

  /** Newest first. Null: there is no checkout `after`. */
  list(filter: CheckoutFilter, limit: number): FoundCheckouts | null {
    const last = filter.after === undefined ? null : this.find(filter.after);
    if (filter.after !== undefined && last === null) return null;
    return listCheckouts(this.#sql, filter, last, limit);
  }

  /** Counts the payable checkouts whose link is polled, up to `MOST_COUNTED`. */
  countOpen(): number {
    return this.#sql
      .exec<{ open: number }>(
        `SELECT count(*) AS open FROM (SELECT 1 FROM checkouts
           WHERE hinted IN (0, 1) AND read_at IS NOT NULL AND status IN ('open', 'processing') LIMIT ${MOST_COUNTED})`,
      )
      .one().open;
  }

  /**
   * Returns the number of checkouts whose link has been `paid` since before this time while none of their payments is,
   * and the newest one's id. The checkouts themselves may be paid or not.
   */
  paidByLinkOnly(before: number): { readonly count: number; readonly newestId: string | null } {
    return this.#sql
      .exec<{ count: number; newestId: string | null; at: number | null }>(
        `SELECT count(*) AS count, max(paid_link_seen_at) AS at, id AS newestId FROM (
           SELECT paid_link_seen_at, id FROM checkouts WHERE paid_link_seen_at < ?
           ORDER BY paid_link_seen_at DESC LIMIT ${MOST_COUNTED})`,
        before,
      )
      .one();
  }

  /**
   * Returns the time at which the newest checkout with a link was created, among those before this time; null if there
   * is none.
   */
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
