import type { Money } from "@qonto-pay/core/money";
import type { Price, PriceRequest } from "@qonto-pay/core/api";
import type { ReactiveController } from "lit";
import { isPrice } from "../api/response-guards.ts";
import { workerRequest } from "../api/worker-request.ts";
import type { ButtonContext, ButtonHost } from "./button-context.ts";
import { isComplete, type Purchase } from "./purchase.ts";

/** Reads the price that the button shows: once per purchase, and again after `price_changed`. */
export class PriceController<Host extends ButtonHost> implements ReactiveController {
  /** The shown price, with the bounds of the product. Undefined while there is none. */
  declare quote: Price | undefined;
  /** The price that was shown before it was read again. */
  declare previous: Money | undefined;

  readonly #host: Host;
  readonly #context: ButtonContext<Host>;
  /** Address and JSON body of the price request, if any. */
  #request: readonly [address: string, body: string] | undefined;

  constructor(host: Host, context: ButtonContext<Host>) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  get amount(): Money | undefined {
    return this.quote?.amount;
  }

  hostUpdate(): void {
    const purchase = this.#host.showAmount ? this.#context.purchase(this.#host) : undefined;
    const request = purchase && isComplete(purchase) ? requestOf(purchase) : undefined;
    if (String(request) === String(this.#request)) return;
    this.#request = request;
    this.quote = undefined;
    void this.read();
  }

  /** Reads the current price and shows it. Undefined if that fails or if the purchase has changed meanwhile. */
  async read(): Promise<Money | undefined> {
    const request = this.#request;
    if (request === undefined) return undefined;
    const { value, problem } = await workerRequest(request[0], isPrice, request[1]);
    if (request !== this.#request) return undefined;
    this.previous = this.amount;
    this.quote = value;
    this.#host.requestUpdate();
    if (problem !== undefined) {
      // A click does not wait for the texts.
      void this.#context.loadTexts(this.#host).then(() => this.#context.onProblem(this.#host, problem));
    }
    return this.amount;
  }
}

/** Returns the request with the fields of a purchase that determine its price. */
function requestOf(purchase: Purchase): readonly [string, string] {
  const { endpoint, reference: _, ...body } = purchase;
  return [`${endpoint}/v1/prices`, JSON.stringify(body satisfies PriceRequest)];
}
