/** How far Qonto's list of a checkout's payments was read. Only lists of more than one page have a row. */
export interface PaymentListProgress {
  /** The page where reading the whole list goes on; null: it is not under way. */
  readonly nextPage: number | null;
  /** How many payments Qonto counted more than were found when the whole list was last read. */
  readonly unexplained: number;
  /** When the whole list was last read to its end, in milliseconds of the epoch; null: never. */
  readonly sweptAt: number | null;
}

const NOTHING_READ: PaymentListProgress = { nextPage: null, unexplained: 0, sweptAt: null };

export class PaymentLists {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(checkoutId: string): PaymentListProgress {
    const [row] = this.#sql.exec<{ next_page: number | null; unexplained: number; swept_at: number | null }>(
      "SELECT next_page, unexplained, swept_at FROM payment_lists WHERE checkout_id = ?",
      checkoutId,
    );
    if (row === undefined) return NOTHING_READ;
    return { nextPage: row.next_page, unexplained: row.unexplained, sweptAt: row.swept_at };
  }

  save(checkoutId: string, { nextPage, unexplained, sweptAt }: PaymentListProgress): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO payment_lists (checkout_id, next_page, unexplained, swept_at) VALUES (?, ?, ?, ?)",
      checkoutId,
      nextPage,
      unexplained,
      sweptAt,
    );
  }
}
