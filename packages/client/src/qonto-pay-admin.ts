import type { DeploymentReport } from "@qonto-pay/core/api";
import { readSettings, requireAdminKey, type WorkerOptions } from "./client-options.ts";
import { WorkerCalls } from "./http-client.ts";
import { Merchants } from "./resources/merchants.ts";

/** How to reach the Worker, as whoever runs it. */
export interface QontoPayAdminOptions extends WorkerOptions {
  /** The `ADMIN_KEY` of the deployment. Not for shops: who has it gets the keys of every merchant. */
  readonly adminKey: string;
}

/**
 * The Worker's API for whoever runs it: what makes, changes and disconnects merchants. Calls and errors are those of
 * `QontoPay`, whose secret keys come from here.
 *
 * ```ts
 * const admin = new QontoPayAdmin({ adminKey, endpoint: "https://pay.shop.example" });
 * const { secret_key, connect_url } = await admin.merchants.create({ name: "shop", allowed_origins });
 * ```
 */
export class QontoPayAdmin {
  readonly merchants: Merchants;
  readonly deployment: Deployment;

  /** @throws TypeError for a key, an address or a number that can't be meant; its message never holds the key. */
  constructor(options: QontoPayAdminOptions) {
    requireAdminKey(options.adminKey);
    const calls = new WorkerCalls(readSettings(options.adminKey, options));
    this.merchants = new Merchants(calls);
    this.deployment = new Deployment(calls);
  }
}

/** `/v1/deployment`, with the admin key: what every merchant depends on. */
class Deployment {
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
