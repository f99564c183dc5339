import type { Money } from "@qonto-pay/core/money";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isPrice } from "./answers.ts";
import { askWorker } from "./ask-worker.ts";
import type { Intent } from "./intent.ts";
import type { Problem } from "./problem.ts";

/** Reads the price to show, once for each product, quantity and amount; anew only when it is said to have changed. */
export class PriceController implements ReactiveController {
  /** The price as the page shows it; undefined while there is none to show. */
  amount: Money | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #wanted: () => Intent | undefined;
  readonly #onProblem: (problem: Problem) => void;
  #address = "";

  /** `wanted` is the intent whose price is to be shown, or undefined where none is. */
  constructor(host: ReactiveControllerHost, wanted: () => Intent | undefined, onProblem: (problem: Problem) => void) {
    this.#host = host;
    this.#wanted = wanted;
    this.#onProblem = onProblem;
    host.addController(this);
  }

  hostUpdate(): void {
    const intent = this.#wanted();
    const address = intent === undefined ? "" : addressOfPrice(intent);
    if (address === this.#address) return;
    this.#address = address;
    this.amount = undefined;
    if (address !== "") void this.read();
  }

  /** The price as it is now, shown from here on; undefined where it can't be read or is not wanted any more. */
  async read(): Promise<Money | undefined> {
    const address = this.#address;
    const { value, problem } = await askWorker(address, isPrice);
    if (address !== this.#address) return undefined;
    this.amount = value?.amount;
    this.#host.requestUpdate();
    if (problem !== undefined) this.#onProblem(problem);
    return this.amount;
  }
}

function addressOfPrice({ endpoint, key, product, quantity, amount }: Intent): string {
  const query = new URLSearchParams({ key, product });
  if (quantity !== undefined) query.set("quantity", String(quantity));
  if (amount !== undefined) query.set("amount", amount);
  return `${endpoint}/v1/prices?${query.toString()}`;
}
