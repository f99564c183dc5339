import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WorkerApi } from "../../merchants/worker-api.ts";
import { walkOnboarding } from "../../onboarding/walk-onboarding.ts";
import { freePort } from "../../servers/free-port.ts";
import { type MeasuredWorker, startWorkerd } from "./workerd.ts";

/** The origin of the shoppers' page, which does not exist. */
export const SHOP_URL = "http://localhost:5173";

/** The bundle that `wrangler deploy` would upload, as the Worker's build wrote it. */
export const BUNDLE = fileURLToPath(new URL("../../../../apps/worker/dist/worker", import.meta.url));

/** The product for sale: its texts and its VAT rate. */
export const MUG = { title: "Estuary mug", description: "Stoneware, 30 cl", type: "good", vat_rate: "21.0" };

/** A bundle of the Worker, and the sandbox that it calls. */
export interface OurWorker {
  /** The folder of the bundle. */
  readonly modulesRoot: string;
  readonly sandboxUrl: string;
  readonly inspectorPort?: number | undefined;
}

/** Starts a bundle of the Worker. */
export async function startOurWorker({
  modulesRoot,
  sandboxUrl,
  inspectorPort,
}: OurWorker): Promise<MeasuredWorker & { readonly adminKey: string }> {
  const port = await freePort();
  const { origin, host } = new URL(sandboxUrl);
  const adminKey = randomBytes(32).toString("hex");
  const bindings = {
    QONTO_API_URL: origin,
    QONTO_OAUTH_URL: origin,
    QONTO_PAY_HOSTS: host,
    QONTO_PROVIDER_HOSTS: host,
    WORKER_URL: `http://localhost:${port}`,
    QONTO_CLIENT_ID: "sandbox-client",
    QONTO_CLIENT_SECRET: "sandbox-secret",
    QONTO_STAGING_TOKEN: "sandbox-staging-token",
    VAULT_KEY: randomBytes(32).toString("base64"),
    ADMIN_KEY: adminKey,
  };
  const code = { modulesRoot, scriptPath: join(modulesRoot, "index.js"), className: "MerchantObject", bindings };
  return { ...(await startWorkerd({ ...code, inspectorPort }, port)), adminKey };
}

/** Creates a merchant that sells the product `mug`, and whose Qonto is connected. @returns its publishable key. */
export async function openMerchant(name: string, workerUrl: string, adminKey: string): Promise<string> {
  const request = { body: { name, allowed_origins: [SHOP_URL] }, idempotencyKey: `bench-${name}` };
  const created = await new WorkerApi(workerUrl, adminKey).call<{
    publishable_key: string;
    secret_key: string;
    connect_url: string;
  }>("POST", "merchants", request);
  const merchant = new WorkerApi(workerUrl, created.secret_key);
  const price = { price: { value: "10.99", currency: "EUR" }, tax_behavior: "exclusive" };
  await merchant.call("PUT", "products/mug", { body: { ...MUG, ...price } });
  await walkOnboarding(created.connect_url);
  await merchant.call("GET", "connection");
  return created.publishable_key;
}
