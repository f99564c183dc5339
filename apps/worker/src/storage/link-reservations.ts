import { MOST_COUNTED, type Sql } from "./sql.ts";

/** A payment link at Qonto to deactivate: a known one, or one that a create call without an answer may have left. */
export interface LinkReservation {
  /** The reservation's own number. Each create call has a reservation of its own. */
  readonly id: number;
  readonly checkoutId: string;
  /** Null if the link's id was never seen. Qonto's list is then searched for the checkout that its lines name. */
  readonly linkId: string | null;
  /** For an invoice's link, which has no lines to name a checkout. */
  readonly invoiceId: string | null;
  readonly notedAt: number;
  /** How many searches of the list were completed. */
  readonly looks: number;
  /** How many calls to Qonto failed. */
  readonly failures: number;
  /** The page of Qonto's list where the current search continues. */
  readonly nextPage: number;
  /** Whether every page of the current search was in order, newest first. */
  readonly isInOrder: boolean;
}

export interface NewLinkReservation {
  readonly checkoutId: string;
  readonly linkId?: string;
  readonly invoiceId?: string | null;
  /** When the link is deactivated. */
  readonly dueAt: number;
}

interface Row extends Record<string, SqlStorageValue> {
  id: number;
  checkout_id: string;
  link_id: string | null;
  invoice_id: string | null;
  noted_at: number;
  looks: number;
  failures: number;
  next_page: number;
  in_order: number;
}

const COLUMNS = "id, checkout_id, link_id, invoice_id, noted_at, looks, failures, next_page, in_order";

/** The links to deactivate. Times are milliseconds since the epoch. */
export class LinkReservations {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Reserves a link for deactivation. @returns the reservation's number. */
  add({ checkoutId, linkId, invoiceId, dueAt }: NewLinkReservation, now: number): number {
    return this.#sql
      .exec<{ id: number }>(
        `INSERT INTO unclaimed_links (checkout_id, link_id, invoice_id, due_at, noted_at)
         VALUES (?, ?, ?, ?, ?) RETURNING id`,
        checkoutId,
        linkId ?? null,
        invoiceId ?? null,
        dueAt,
        now,
      )
      .one().id;
  }

  /** Whether a link has a reservation. */
  has(linkId: string): boolean {
    return this.#sql.exec("SELECT 1 FROM unclaimed_links WHERE link_id = ?", linkId).toArray().length > 0;
  }

  /** Moves the deactivation of a known link to an earlier time. */
  hasten(linkId: string, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET due_at = ? WHERE link_id = ? AND due_at > ?", dueAt, linkId, dueAt);
  }

  /** Returns the checkouts for which Qonto may have an orphaned link for this invoice. */
  checkoutsOfInvoice(invoiceId: string): readonly string[] {
    return this.#sql
      .exec<{ id: string }>("SELECT checkout_id AS id FROM unclaimed_links WHERE invoice_id = ?", invoiceId)
      .toArray()
      .map((row) => row.id);
  }

  due(now: number): readonly LinkReservation[] {
    return this.#sql
      .exec<Row>(`SELECT ${COLUMNS} FROM unclaimed_links WHERE due_at <= ? ORDER BY due_at LIMIT 100`, now)
      .toArray()
      .map(reservationOf);
  }

  /** Returns the reservations of a checkout or an invoice whose link was not found yet, oldest first. */
  unidentifiedOf(owner: { readonly checkoutId: string } | { readonly invoiceId: string }): readonly LinkReservation[] {
    const [column, value] = "checkoutId" in owner ? ["checkout_id", owner.checkoutId] : ["invoice_id", owner.invoiceId];
    const sql = `SELECT ${COLUMNS} FROM unclaimed_links WHERE link_id IS NULL AND ${column} = ? ORDER BY id`;
    return this.#sql.exec<Row>(sql, value).toArray().map(reservationOf);
  }

  /** Stores the link of a reservation. */
  identify(id: number, linkId: string, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET link_id = ?, due_at = ? WHERE id = ?", linkId, dueAt, id);
  }

  /** Moves the search or deactivation to another time. */
  postpone(id: number, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET due_at = ? WHERE id = ?", dueAt, id);
  }

  /**
   * Records that the pages before this one were searched. The search continues here, even after a failure or in another
   * run.
   */
  recordPage(id: number, nextPage: number, isInOrder: boolean): void {
    const sql = "UPDATE unclaimed_links SET next_page = ?, in_order = ? WHERE id = ?";
    this.#sql.exec(sql, nextPage, isInOrder ? 1 : 0, id);
  }

  /** Records a completed search. The next one begins at `dueAt`, with the first page. */
  recordLook(id: number, dueAt: number): void {
    this.#sql.exec(
      "UPDATE unclaimed_links SET due_at = ?, looks = looks + 1, next_page = 1, in_order = 1 WHERE id = ?",
      dueAt,
      id,
    );
  }

  recordFailure(id: number, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET due_at = ?, failures = failures + 1 WHERE id = ?", dueAt, id);
  }

  remove(id: number): void {
    this.#sql.exec("DELETE FROM unclaimed_links WHERE id = ?", id);
  }

  /**
   * Counts the reservations up to `MOST_COUNTED`, and those of them whose link is still searched for.
   *
   * @returns `oldestNotedAt`: when the oldest one was created; null if there is none, or if that was not recorded yet.
   */
  waiting(): { readonly count: number; readonly unidentified: number; readonly oldestNotedAt: number | null } {
    const { count, identified, oldest } = this.#sql
      .exec<{ count: number; identified: number; oldest: number | null }>(
        `SELECT count(*) AS count, count(link_id) AS identified, min(nullif(noted_at, 0)) AS oldest
         FROM (SELECT link_id, noted_at FROM unclaimed_links WHERE id > 0 ORDER BY id LIMIT ${MOST_COUNTED})`,
      )
      .one();
    return { count, unidentified: count - identified, oldestNotedAt: oldest };
  }

  /** Returns the time at which the next reservation after this time is due. */
  nextDue(after: number): number | null {
    const sql = "SELECT min(due_at) AS at FROM unclaimed_links WHERE due_at > ?";
    return this.#sql.exec<{ at: number | null }>(sql, after).one().at;
  }
}

function reservationOf({ id, looks, failures, ...row }: Row): LinkReservation {
  return {
    id,
    checkoutId: row.checkout_id,
    linkId: row.link_id,
    invoiceId: row.invoice_id,
    notedAt: row.noted_at,
    looks,
    failures,
    nextPage: row.next_page,
    isInOrder: row.in_order === 1,
  };
}
