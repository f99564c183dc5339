/** How far Qonto's list of a checkout's payments was read. Only lists of more than one page have a row. */
export interface PaymentListProgress {
  /** The page where reading the whole list continues; null: no such read is in progress. */
  readonly nextPage: number | null;
  /** How many more payments Qonto counted than the last read of the whole list found. */
  readonly unexplained: number;
  /** When the whole list was last read completely, in milliseconds since the epoch; null: never. */
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
