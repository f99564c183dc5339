import type { Money } from "@qonto-pay/core/money";
import type { PriceRequest } from "@qonto-pay/core/api";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isPrice } from "../api/response-guards.ts";
import { askWorker } from "../api/worker-request.ts";
import type { Intent } from "./purchase.ts";
import type { Problem } from "../api/problem.ts";

/** Reads the price to show, once for each thing to be paid; anew only when it is said to have changed. */
export class PriceController implements ReactiveController {
  /** The price as the page shows it; undefined while there is none to show. */
  declare amount: Money | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #wanted: () => Intent | undefined;
  readonly #onProblem: (problem: Problem) => void;
  #address = "";
  /** The body of the request, as JSON: it names what is priced. Empty where nothing is. */
  #asked = "";

  /** `wanted` is the intent whose price is to be shown, or undefined where none is. */
  constructor(host: ReactiveControllerHost, wanted: () => Intent | undefined, onProblem: (problem: Problem) => void) {
    this.#host = host;
    this.#wanted = wanted;
    this.#onProblem = onProblem;
    host.addController(this);
  }

  hostUpdate(): void {
    const intent = this.#wanted();
    const address = intent === undefined ? "" : `${intent.endpoint}/v1/prices`;
    const asked = intent === undefined ? "" : JSON.stringify(requestOf(intent));
    if (address === this.#address && asked === this.#asked) return;
    this.#address = address;
    this.#asked = asked;
    this.amount = undefined;
    if (asked !== "") void this.read();
  }

  /** The price as it is now, shown from here on; undefined where it can't be read or is not wanted any more. */
  async read(): Promise<Money | undefined> {
    const [address, asked] = [this.#address, this.#asked];
    const { value, problem } = await askWorker(address, isPrice, asked);
    if (address !== this.#address || asked !== this.#asked) return undefined;
    this.amount = value?.amount;
    this.#host.requestUpdate();
    if (problem !== undefined) this.#onProblem(problem);
    return this.amount;
  }
}

/** All of the purchase but what its price does not depend on. */
function requestOf({ key, product, quantity, amount, items, offer }: Intent): PriceRequest {
  return { key, product, quantity, amount, items, offer };
}
