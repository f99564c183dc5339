import { Deployment } from "./api/deployment.ts";
import { Merchants } from "./api/merchants.ts";
import { WorkerCalls } from "./http/worker-calls.ts";
import { requireAdminKey } from "./security/require-admin-key.ts";
import { readSettings, type WorkerOptions } from "./settings.ts";

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
