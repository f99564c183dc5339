import type { Price } from "@qonto-pay/core/api";
import type { workerRequest } from "../api/worker-request.ts";
import type { Purchase } from "../checkout/purchase.ts";

/** The bounds of the amount or the quantity of a product. The Worker returns them with a price. */
export type Bounds = Omit<Price, "amount">;

/** Knows the bounds of a button's product: from the price that the button shows, or from a request of its own. */
export class ProductBounds {
  readonly #quote: () => Price | undefined;
  readonly #purchase: () => Purchase;
  readonly #workerRequest: typeof workerRequest;
  /** The product whose bounds were read or requested, with its merchant and Worker. */
  #product = "";
  #bounds: Bounds = {};

  /**
   * @param quote returns the price that the button has read for the current purchase, if any.
   * @param purchase returns the current purchase.
   */
  constructor(quote: () => Price | undefined, purchase: () => Purchase, request: typeof workerRequest) {
    this.#quote = quote;
    this.#purchase = purchase;
    this.#workerRequest = request;
  }

  /** Returns the bounds; empty while they are unknown. */
  get(): Bounds {
    const product = productOf(this.#purchase());
    const quoted = this.#quote();
    if (quoted?.open_amount || quoted?.max_quantity) {
      this.#product = product;
      this.#bounds = quoted;
    }
    return this.#product === product ? this.#bounds : {};
  }

  /** Reads the bounds of a product once, unless they are known. @returns whether there are new ones. */
  async read(): Promise<boolean> {
    this.get();
    const { endpoint, reference: _, ...body } = this.#purchase();
    const product = productOf(this.#purchase());
    if (this.#product === product) return false;
    this.#product = product;
    this.#bounds = {};
    const { value } = await this.#workerRequest(`${endpoint}/v1/prices`, isPrice, JSON.stringify(body));
    if (value === undefined || this.#product !== product) return false;
    this.#bounds = value;
    return true;
  }
}

function productOf({ endpoint, publishable_key, product }: Purchase): string {
  return JSON.stringify([endpoint, publishable_key, product]);
}

/** Returns whether a value is a price. Its bounds are optional: a Worker of another version may not return them. */
function isPrice(answer: unknown): answer is Price {
  return typeof answer === "object" && answer !== null && "amount" in answer;
}
