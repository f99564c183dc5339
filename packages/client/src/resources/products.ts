import type {
  FixedPriceProduct,
  OpenAmountProduct,
  Product,
  ProductAnswer,
  ProductsQuery,
  UpdateProductRequest,
} from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import type { ListPromise } from "../pagination.ts";

/** Fields with a default of the Worker. */
type Defaulted = "type" | "min_quantity" | "max_quantity";

/** A product without its id, which is in the path. Fields with a default are optional. */
type BodyOf<Saved> = Omit<Saved, "id" | Defaulted> & Partial<Pick<Saved, keyof Saved & Defaulted>>;

/** The body of `PUT /v1/products/{id}`, with a fixed price or an amount that the shopper chooses. */
export type ProductBody = BodyOf<FixedPriceProduct> | BodyOf<OpenAmountProduct>;

/** `/v1/products`: the catalogue, whose products a button can name. */
export class Products {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Creates or replaces a product. Returns it with a preview of the pay page. */
  upsert(id: string, product: ProductBody, options?: MutationOptions): Promise<ProductAnswer> {
    return this.#calls.change("PUT", ["products", id], product, options);
  }

  /** Changes the given fields. Null removes an optional one. */
  update(id: string, changes: UpdateProductRequest, options?: MutationOptions): Promise<ProductAnswer> {
    return this.#calls.change("PATCH", ["products", id], changes, options);
  }

  get(id: string): Promise<ProductAnswer> {
    return this.#calls.read(["products", id]);
  }

  /** Lists products by id: a page if awaited, all of them if iterated. `limit` is the size of a page. */
  list(query?: ProductsQuery): ListPromise<Product> {
    return this.#calls.list(["products"], query);
  }

  /** Deletes a product. Its checkouts stay. */
  delete(id: string, options?: MutationOptions): Promise<void> {
    return this.#calls.change("DELETE", ["products", id], undefined, options);
  }
}
