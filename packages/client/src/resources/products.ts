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

/** What the Worker fills in where the merchant says nothing. */
type Defaulted = "type" | "min_quantity" | "max_quantity";

/** Without its id, which is in the address, and with the defaults left to the Worker. */
type BodyOf<Saved> = Omit<Saved, "id" | Defaulted> & Partial<Pick<Saved, keyof Saved & Defaulted>>;

/** The body of `PUT /v1/products/{id}`: a price of the merchant's, or an amount that the shopper chooses. */
export type ProductBody = BodyOf<FixedPriceProduct> | BodyOf<OpenAmountProduct>;

/** `/v1/products`: what a button may name. */
export class Products {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Creates or replaces a product. Returns it with what a shopper will see on the pay page. */
  upsert(id: string, product: ProductBody, options?: MutationOptions): Promise<ProductAnswer> {
    return this.#calls.change("PUT", ["products", id], product, options);
  }

  /** Changes the fields that are given. Null removes an optional one. */
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

  /** Deletes a product. Checkouts that were opened for it stay. */
  delete(id: string, options?: MutationOptions): Promise<void> {
    return this.#calls.change("DELETE", ["products", id], undefined, options);
  }
}
