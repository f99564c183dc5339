import { randomUUID } from "node:crypto";
import type { CreatedMerchant } from "../merchants/connect-merchant.ts";
import { controlSandbox } from "../servers/control-sandbox.ts";
import type { LocalBackend } from "../servers/local-backend.ts";
import { payOverHttp } from "./pay-over-http.ts";
import { StartProblem } from "../command-line/start-problem.ts";
import { walkOnboarding } from "./walk-onboarding.ts";
import { untilConnected, untilPaid } from "./watch-onboarding.ts";
import { RefusedCall, WorkerApi } from "../merchants/worker-api.ts";

const ITEM = {
  title: "Estuary mug",
  quantity: 1,
  price: { value: "10.99", currency: "EUR" },
  tax_behavior: "exclusive",
  vat_rate: "21.0",
} as const;

interface Checkout {
  readonly id: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly url: string;
}

/**
 * Creates a merchant for an organization that never connected, and prints each completed step, up to a paid checkout.
 *
 * @param isAlone whether this program takes the steps, instead of waiting for a person at a browser.
 * @throws RefusedCall, or Error if a page does not lead to the next one.
 */
export async function onboardMerchant(
  { name, isAlone }: { readonly name: string; readonly isAlone: boolean },
  { workerUrl, sandboxUrl, adminKey }: LocalBackend,
): Promise<void> {
  await controlSandbox(sandboxUrl, "PUT", "connection", { status: null });
  const created = await createMerchant(name, new WorkerApi(workerUrl, adminKey));
  const merchant = new WorkerApi(workerUrl, created.secret_key);
  console.log(
    `\n  The merchant ${name} was created. Connect it in a browser; the link works once:\n\n  ${created.connect_url}\n`,
  );
  await Promise.all([untilConnected(merchant, sayDone), isAlone && walkOnboarding(created.connect_url)]);

  const order = { body: { items: [ITEM], reference: "first-order" }, idempotencyKey: randomUUID() };
  const { id, amount, url } = await merchant.call<Checkout>("POST", "checkouts", order);
  console.log(`
  A checkout of ${amount.value} ${amount.currency} is ready to be paid, with card 4543 4740 0224 9996, any future date, any CVC, and "Paid":

  ${url}
`);
  await Promise.all([untilPaid(merchant, id), isAlone && payOverHttp(url)]);
  sayDone("Paid");
  // In an automatic run, everything has stopped before the keys could be used.
  if (isAlone) return;
  console.log(`
  The Worker       ${workerUrl} (its reference: ${workerUrl}/docs)
  The sandbox      ${sandboxUrl}
  Publishable key  ${created.publishable_key} (for pages of ${SHOP_ORIGIN})
  Secret key       ${created.secret_key}

  Ctrl-C stops everything.
`);
}

/** Pages of the shop of `pnpm start` may use the new merchant's button. */
const SHOP_ORIGIN = "http://localhost:5173";

/** @throws StartProblem if the name is invalid or in use. */
async function createMerchant(name: string, admin: WorkerApi): Promise<CreatedMerchant> {
  try {
    return await admin.call<CreatedMerchant>("POST", "merchants", { body: { name, allowed_origins: [SHOP_ORIGIN] } });
  } catch (refused) {
    if (!(refused instanceof RefusedCall)) throw refused;
    if (refused.code === "merchant_exists")
      throw new StartProblem(`The merchant "${name}" already exists. Choose another name with --name NAME.`);
    if (refused.code === "invalid_request")
      throw new StartProblem(`--name takes 1 to 39 lower-case letters, digits and hyphens, not "${name}".`);
    throw refused;
  }
}

function sayDone(step: string): void {
  console.log(`  ✓ ${step}`);
}
