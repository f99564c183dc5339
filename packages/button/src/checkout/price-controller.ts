import type { Money } from "@qonto-pay/core/money";
import type { PriceRequest } from "@qonto-pay/core/api";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isPrice } from "../api/response-guards.ts";
import { workerRequest } from "../api/worker-request.ts";
import type { Purchase } from "./purchase.ts";
import type { Problem } from "../api/problem.ts";

/** Reads the price that the button shows: once per purchase, and again after `price_changed`. */
export class PriceController implements ReactiveController {
  /** The shown price. Undefined while there is none. */
  declare amount: Money | undefined;
  /** The price that was shown before it was read again. */
  declare previous: Money | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #purchaseToPrice: () => Purchase | undefined;
  readonly #onProblem: (problem: Problem) => void;
  #address = "";
  /** The JSON body of the price request. Empty if no price is requested. */
  #body = "";

  /** @param purchaseToPrice returns the purchase whose price is to be shown, or undefined if there is none. */
  constructor(
    host: ReactiveControllerHost,
    purchaseToPrice: () => Purchase | undefined,
    onProblem: (problem: Problem) => void,
  ) {
    this.#host = host;
    this.#purchaseToPrice = purchaseToPrice;
    this.#onProblem = onProblem;
    host.addController(this);
  }

  hostUpdate(): void {
    const purchase = this.#purchaseToPrice();
    const address = purchase === undefined ? "" : `${purchase.endpoint}/v1/prices`;
    const body = purchase === undefined ? "" : JSON.stringify(priceRequestOf(purchase));
    if (address === this.#address && body === this.#body) return;
    this.#address = address;
    this.#body = body;
    this.amount = undefined;
    if (body !== "") void this.read();
  }

  /** Reads the current price and shows it. Undefined if that fails or if the purchase has changed meanwhile. */
  async read(): Promise<Money | undefined> {
    const [address, body] = [this.#address, this.#body];
    const { value, problem } = await workerRequest(address, isPrice, body);
    if (address !== this.#address || body !== this.#body) return undefined;
    this.previous = this.amount;
    this.amount = value?.amount;
    this.#host.requestUpdate();
    if (problem !== undefined) this.#onProblem(problem);
    return this.amount;
  }
}

/** Returns the fields of a purchase that determine its price. */
function priceRequestOf({ publishable_key, product, quantity, amount, items, offer }: Purchase): PriceRequest {
  return { publishable_key, product, quantity, amount, items, offer };
}
