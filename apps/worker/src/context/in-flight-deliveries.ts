import { logDefect } from "./log.ts";

/** What is being sent to a merchant's shops right now, and by nobody waited for. */
export class InFlightDeliveries {
  /** The endpoint of each, by the delivery. */
  readonly #endpoints = new Map<string, string>();

  get size(): number {
    return this.#endpoints.size;
  }

  has(deliveryId: string): boolean {
    return this.#endpoints.has(deliveryId);
  }

  countOf(endpointId: string): number {
    return [...this.#endpoints.values()].filter((id) => id === endpointId).length;
  }

  /** Starts to send. Whatever becomes of it is dealt with here: nobody has to wait, and nothing is thrown. */
  start(deliveryId: string, endpointId: string, send: () => Promise<void>, andThen: () => void): void {
    this.#endpoints.set(deliveryId, endpointId);
    void this.#run(deliveryId, send, andThen);
  }

  async #run(deliveryId: string, send: () => Promise<void>, andThen: () => void): Promise<void> {
    try {
      await send().finally(() => this.#endpoints.delete(deliveryId));
      andThen();
    } catch (defect) {
      logDefect("relaying an event", defect);
    }
  }
}
