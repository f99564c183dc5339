import type { DeploymentReport } from "@qonto-pay/core/api";
import { readSettings, requireAdminKey, type WorkerOptions } from "./client-options.ts";
import { WorkerCalls } from "./http-client.ts";
import { Merchants } from "./resources/merchants.ts";

/** Options of the operator's client. */
export interface QontoPayAdminOptions extends WorkerOptions {
  /** The `ADMIN_KEY` of the deployment. Not for shops: it gives access to the keys of every merchant. */
  readonly adminKey: string;
}

/**
 * The Worker's API for its operator: creates, changes and disconnects merchants, and issues the secret keys for
 * `QontoPay`. Its methods behave and reject like those of `QontoPay`.
 *
 * ```ts
 * const admin = new QontoPayAdmin({ adminKey, endpoint: "https://pay.shop.example" });
 * const { secret_key, connect_url } = await admin.merchants.create({ name: "shop", allowed_origins });
 * ```
 */
export class QontoPayAdmin {
  readonly merchants: Merchants;
  readonly deployment: Deployment;

  /** @throws TypeError that names the invalid option and never contains the key. */
  constructor(options: QontoPayAdminOptions) {
    requireAdminKey(options.adminKey);
    const calls = new WorkerCalls(readSettings(options.adminKey, options));
    this.merchants = new Merchants(calls);
    this.deployment = new Deployment(calls);
  }
}

/** `/v1/deployment`, authenticated with the admin key: checks that concern all merchants. */
class Deployment {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Checks with a call to Qonto whether Qonto accepts this deployment. If it does not, the payments of every merchant
   * stop within the hour. Problems are in the report, not errors. Call it once a minute at most: a rejection counts
   * against Qonto's limits.
   */
  diagnostics(): Promise<DeploymentReport> {
    return this.#calls.read(["deployment", "diagnostics"]);
  }
}
