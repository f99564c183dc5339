import type { Product } from "@qonto-pay/core/api";

/** The merchant's products: the only source of a price. */
export class Products {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: string): Product | null {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM products WHERE id = ?", id).toArray()[0];
    return row === undefined ? null : (JSON.parse(row.body) as Product);
  }

  /** Returns the products after `after`, by id. */
  list(after: string, limit: number): readonly Product[] {
    return this.#sql
      .exec<{ body: string }>("SELECT body FROM products WHERE id > ? ORDER BY id LIMIT ?", after, limit)
      .toArray()
      .map((row) => JSON.parse(row.body) as Product);
  }

  /** @returns false if it did not exist. */
  remove(id: string): boolean {
    return this.#sql.exec("DELETE FROM products WHERE id = ?", id).rowsWritten > 0;
  }

  save(product: Product): void {
    this.#sql.exec("INSERT OR REPLACE INTO products (id, body) VALUES (?, ?)", product.id, JSON.stringify(product));
  }
}
