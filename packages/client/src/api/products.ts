import type { Product, ProductAnswer, ProductPage, ProductsQuery, UpdateProductRequest } from "@qonto-pay/core/api";
import { followPages } from "../http/follow-pages.ts";
import type { MutationOptions, WorkerCalls } from "../http/worker-calls.ts";
import type { ProductBody } from "./product-body.ts";

/** `/v1/products`: what a button may name. */
export class Products {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Makes or replaces a product, and tells what a shopper will see on the pay page. */
  save(id: string, product: ProductBody, options?: MutationOptions): Promise<ProductAnswer> {
    return this.#calls.change("PUT", ["products", id], product, options);
  }

  /** Changes the fields that are given. Null removes an optional one. */
  update(id: string, changes: UpdateProductRequest, options?: MutationOptions): Promise<ProductAnswer> {
    return this.#calls.change("PATCH", ["products", id], changes, options);
  }

  get(id: string): Promise<ProductAnswer> {
    return this.#calls.read(["products", id]);
  }

  /** One page, by id. */
  list(query?: ProductsQuery): Promise<ProductPage> {
    return this.#calls.read(["products"], query);
  }

  /** All of them, by id. `limit` is the size of a page. */
  listAll(query: ProductsQuery = {}): AsyncGenerator<Product, void, undefined> {
    return followPages(query.after, (after) => this.list({ ...query, after }));
  }

  /** Takes it out of the catalogue. Checkouts that were opened for it stay. */
  remove(id: string, options?: MutationOptions): Promise<void> {
    return this.#calls.change("DELETE", ["products", id], undefined, options);
  }
}
