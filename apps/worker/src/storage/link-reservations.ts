import type { Sql } from "./sql.ts";

/** A payment link at Qonto that nobody may pay: a known one, or one that a create call without an answer may have left. */
export interface LinkReservation {
  /** The note's own number: each create call has a note of its own. */
  readonly id: number;
  readonly checkoutId: string;
  /** Null where the link's id was never seen: it is found in Qonto's list by the checkout that its lines name. */
  readonly linkId: string | null;
  /** Of an invoice's link, which has no lines to name a checkout. */
  readonly invoiceId: string | null;
  readonly notedAt: number;
  /** How often the list was looked through for it. */
  readonly looks: number;
  /** How often Qonto could not be asked. */
  readonly failures: number;
  /** The page of Qonto's list where the present look goes on. */
  readonly nextPage: number;
  /** Whether every page of the present look was in order, the newest first. */
  readonly isInOrder: boolean;
}

export interface NewLinkReservation {
  readonly checkoutId: string;
  readonly linkId?: string;
  readonly invoiceId?: string | null;
  /** When it is to be deactivated. */
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

/** The links to deactivate. Times are milliseconds of the epoch. */
export class LinkReservations {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Notes a link to deactivate. @returns the note's number. */
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

  /** Whether a link is noted already. */
  has(linkId: string): boolean {
    return this.#sql.exec("SELECT 1 FROM unclaimed_links WHERE link_id = ?", linkId).toArray().length > 0;
  }

  /** A known link is not to wait any longer. */
  hasten(linkId: string, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET due_at = ? WHERE link_id = ? AND due_at > ?", dueAt, linkId, dueAt);
  }

  /** The checkouts whose link for this invoice may be at Qonto without a checkout that knows it. */
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

  /** Those whose link was not seen yet, of a checkout or of an invoice, oldest first. */
  unidentifiedOf(owner: { readonly checkoutId: string } | { readonly invoiceId: string }): readonly LinkReservation[] {
    const [column, value] = "checkoutId" in owner ? ["checkout_id", owner.checkoutId] : ["invoice_id", owner.invoiceId];
    const sql = `SELECT ${COLUMNS} FROM unclaimed_links WHERE link_id IS NULL AND ${column} = ? ORDER BY id`;
    return this.#sql.exec<Row>(sql, value).toArray().map(reservationOf);
  }

  /** The link of a note is known now. */
  identify(id: number, linkId: string, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET link_id = ?, due_at = ? WHERE id = ?", linkId, dueAt, id);
  }

  /** Looks for it, or deactivates it, at another time. */
  postpone(id: number, dueAt: number): void {
    this.#sql.exec("UPDATE unclaimed_links SET due_at = ? WHERE id = ?", dueAt, id);
  }

  /** The pages before this one were looked through. The look goes on here, also after a failure or in another run. */
  recordPage(id: number, nextPage: number, isInOrder: boolean): void {
    const sql = "UPDATE unclaimed_links SET next_page = ?, in_order = ? WHERE id = ?";
    this.#sql.exec(sql, nextPage, isInOrder ? 1 : 0, id);
  }

  /** A look has come to its end. The next one begins at `dueAt`, with the first page. */
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

  /** How many are left to deactivate, of how many of them the link is still searched for, and since when the oldest is; null where there is none, or that was not noted yet. */
  waiting(): { readonly count: number; readonly unidentified: number; readonly oldestNotedAt: number | null } {
    const { count, identified, oldest } = this.#sql
      .exec<{ count: number; identified: number; oldest: number | null }>(
        `SELECT count(*) AS count, count(link_id) AS identified, min(nullif(noted_at, 0)) AS oldest
         FROM unclaimed_links`,
      )
      .one();
    return { count, unidentified: count - identified, oldestNotedAt: oldest };
  }

  /** When the next one after this time is due. */
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
