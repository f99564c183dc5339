import type { DeploymentReport } from "@qonto-pay/core/api";
import type { WorkerCalls } from "../http/worker-calls.ts";

/** `/v1/deployment`, with the admin key: what every merchant depends on. */
export class Deployment {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Asks Qonto now whether it accepts this deployment. What fails here stops the payments of every merchant within the hour.
   * What was found wrong is in the report, not an error. Ask once a minute at most: a rejection counts against Qonto's limits.
   */
  diagnostics(): Promise<DeploymentReport> {
    return this.#calls.read(["deployment", "diagnostics"]);
  }
}
