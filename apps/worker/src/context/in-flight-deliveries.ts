import { logDefect } from "./log.ts";

/** The webhooks that are being sent right now. No caller waits for them. */
export class InFlightDeliveries {
  /** The endpoint of each delivery. */
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

  /** Starts to send. Handles the result here: no caller waits, and nothing is thrown. */
  start(deliveryId: string, endpointId: string, send: () => Promise<void>, andThen: () => void): void {
    this.#endpoints.set(deliveryId, endpointId);
    void this.#run(deliveryId, send, andThen);
  }

  async #run(deliveryId: string, send: () => Promise<void>, andThen: () => void): Promise<void> {
    try {
      await send().finally(() => this.#endpoints.delete(deliveryId));
      andThen();
    } catch (defect) {
      logDefect("delivering a webhook", defect);
    }
  }
}
