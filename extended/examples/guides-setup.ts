import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QontoPay } from "@qonto-pay/client";
import { connectMerchant, type CreatedMerchant } from "@qonto-pay/local-stack/merchants/connect-merchant.ts";
import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "@qonto-pay/local-stack/servers/local-backend.ts";
import { afterAll, beforeAll } from "vitest";
import { type PageServer, startPageServer } from "../../tools/local-stack/test/page-server.ts";

/** Runs a local backend with a connected merchant, and a server of pages, for the test file that imports this module. */

export const MUG = {
  id: "mug",
  title: "Estuary mug",
  price: { value: "13.30", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

export const folder = mkdtempSync(join(tmpdir(), "qonto-pay-guides-"));
export let backend: LocalBackend;
export let merchant: CreatedMerchant;
export let qontoPay: QontoPay;
export let server: PageServer;

beforeAll(async () => {
  const ports = await freePorts();
  mkdirSync(join(folder, "pages"));
  [backend, server] = await Promise.all([
    startLocalBackend({ stateFolder: folder, sandboxPort: ports.sandbox, workerPort: ports.worker }),
    startPageServer({ pages: join(folder, "pages") }),
  ]);
  merchant = await connectMerchant({ name: "yourshop", products: [MUG] }, { ...backend, shopUrl: server.origin });
  qontoPay = new QontoPay({ secretKey: merchant.secret_key, endpoint: backend.workerUrl });
});

afterAll(async () => {
  await Promise.all([server.close(), backend.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Pays a checkout without a browser. `force` also pays a link that has ended. */
export async function pay(id: string, force = false): Promise<void> {
  const { payment_link: link } = await qontoPay.checkouts.get(id);
  await controlSandbox(backend.sandboxUrl, "POST", `payment_links/${link?.id}/payments`, { status: "paid", force });
}
