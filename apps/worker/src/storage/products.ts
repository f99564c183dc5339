import type { Product } from "@qonto-pay/core/api";

/** Bounds the memory of an object. A product takes a few kilobytes. */
const MOST_CACHED = 100;

/**
 * The merchant's products: the only source of a price. Recently read products are cached, because only this class writes
 * their table.
 */
export class Products {
  readonly #sql: SqlStorage;
  readonly #cache = new Map<string, Product>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Returns a product; null if there is none. The same version of a product is the same object. */
  find(id: string): Product | null {
    const cached = this.#cache.get(id);
    if (cached !== undefined) return cached;
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM products WHERE id = ?", id).toArray()[0];
    if (row === undefined) return null;
    const product = JSON.parse(row.body) as Product;
    if (this.#cache.size >= MOST_CACHED) this.#cache.clear();
    this.#cache.set(id, product);
    return product;
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
    this.#cache.delete(id);
    return this.#sql.exec("DELETE FROM products WHERE id = ?", id).rowsWritten > 0;
  }

  save(product: Product): void {
    this.#cache.delete(product.id);
    this.#sql.exec("INSERT OR REPLACE INTO products (id, body) VALUES (?, ?)", product.id, JSON.stringify(product));
  }

  clearCache(): void {
    this.#cache.clear();
  }
}
