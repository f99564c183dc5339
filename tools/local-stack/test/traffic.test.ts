import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type TrafficEntry, validateTraffic } from "@qonto-pay/contract/validate-traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectMerchant } from "../merchants/connect-merchant.ts";
import { controlSandbox } from "../servers/control-sandbox.ts";
import { DEMO_MERCHANT } from "../merchants/demo-merchant.ts";
import { freePorts } from "../servers/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "../servers/local-backend.ts";
import { WorkerApi } from "../merchants/worker-api.ts";
import { TESTED_BEHAVIOUR } from "./tested-behaviour.ts";

/** Compares the real Worker's requests to Qonto, for each of its operations, with Qonto's documented contract. */

const CLIENT = fileURLToPath(new URL("../../../apps/worker/src/qonto/qonto-client.ts", import.meta.url));

const SHOP_URL = "https://shop.example";

const METHODS = ["credit_card"];
const ITEMS = [{ title: "Mug", quantity: 2, unit_price: { value: "10.99", currency: "EUR" }, vat_rate: "21.0" }];
const LINES = [
  {
    title: "Mug",
    quantity: 2,
    price: { value: "10.99", currency: "EUR" },
    tax_behavior: "inclusive",
    vat_rate: "21.0",
  },
];
const INVOICE = {
  invoice_id: "550e8400-e29b-41d4-a716-446655440001",
  invoice_number: "INV-12345",
  debitor_name: "A. Customer",
  amount: { value: "100.00", currency: "EUR" },
};
const CONNECTION = {
  partner_callback_url: "https://shop.example/connected",
  user_bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
  user_phone_number: "+33612345678",
  user_website_url: "https://shop.example",
  business_description:
    "Stoneware from our own kiln, thrown and glazed by hand, and prints of the coast it is named after.",
};

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-traffic-"));
let backend: LocalBackend;
let api: WorkerApi;
let traffic: readonly TrafficEntry[];

beforeAll(async () => {
  const { worker: workerPort, sandbox: sandboxPort } = await freePorts();
  backend = await startLocalBackend({
    stateFolder,
    isSandboxKept: false,
    behaviour: TESTED_BEHAVIOUR,
    workerPort,
    sandboxPort,
  });
  const { secret_key } = await connectMerchant(DEMO_MERCHANT, { ...backend, shopUrl: SHOP_URL });
  api = new WorkerApi(backend.workerUrl, secret_key);
  await askForEverything();
  traffic = await journal();
});

afterAll(async () => {
  await backend.close();
  rmSync(stateFolder, { recursive: true, force: true });
});

async function journal(): Promise<readonly TrafficEntry[]> {
  const answer = await fetch(`${backend.sandboxUrl}/_sandbox/journal`);
  return ((await answer.json()) as { requests: readonly TrafficEntry[] }).requests;
}

function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  return api.call<T>(method, path, body === undefined ? {} : { body });
}

/** Clicks as a shopper does. @throws Error if the response is not successful. */
async function click(): Promise<void> {
  const body = JSON.stringify({ publishable_key: "pk_sandbox_demo", product: "mug", reference: "A-1" });
  const init = { method: "POST", headers: { Origin: SHOP_URL }, body };
  const response = await fetch(`${backend.workerUrl}/v1/checkouts`, init);
  if (!response.ok) throw new Error(`the click was answered with ${response.status}: ${await response.text()}`);
}

/** Makes every request that leads to Qonto, in each of its forms. */
async function askForEverything(): Promise<void> {
  await click();
  const { id } = await ask<{ id: string }>("POST", "checkouts", { items: LINES, reusable: true });
  await ask("POST", "checkouts", { invoice: INVOICE, payment_methods: METHODS });
  await ask("POST", `checkouts/${id}/sync`);
  const basket = { potential_payment_methods: METHODS, reusable: false, items: ITEMS };
  const { payment_link: link } = await ask<{ payment_link: { id: string } }>("POST", "payment_links", {
    payment_link: basket,
  });
  await ask("POST", "payment_links", { payment_link: { ...INVOICE, potential_payment_methods: METHODS } });
  await ask("GET", "payment_links");
  await ask("GET", "payment_links?status[]=open&status[]=paid&sort_by=amount:asc&page=1&per_page=2");
  await ask("GET", `payment_links/${link.id}`);
  await ask("GET", `payment_links/${link.id}/payments`);
  await ask("GET", `payment_links/${link.id}/payments?status[]=paid&sort_by=creation_date:desc&page=1&per_page=2`);
  await ask("PATCH", `payment_links/${link.id}/deactivate`);
  await ask("GET", "payment_methods");
  await ask("GET", "connection");
  await controlSandbox(backend.sandboxUrl, "PUT", "connection", { status: null });
  await ask("POST", "connection", CONNECTION);
  // The access token expires, and is renewed.
  await controlSandbox(backend.sandboxUrl, "POST", "clock", { advance_seconds: 3600 });
  await ask("GET", "connection");
  // The Worker ends the authorization in another way if OAuth's revocation fails.
  const revocationFails = { operation: "revokeToken", status: 400, code: "invalid_request", times: 0 };
  await controlSandbox(backend.sandboxUrl, "POST", "faults", revocationFails);
  await new WorkerApi(backend.workerUrl, backend.adminKey).call("POST", "merchants/demo/disconnect");
}

describe("the Worker's traffic", () => {
  it("contains every operation that the Worker calls", () => {
    const operations = [...readFileSync(CLIENT, "utf8").matchAll(/operation: "(\w+)"/g)].map((match) => match[1] ?? "");
    const seen = new Set(traffic.map((entry) => entry.operation));
    expect(operations).not.toEqual([]);
    expect(operations.filter((operation) => !seen.has(operation))).toEqual([]);
  });

  it("exchanges an authorization for tokens, and a refresh token for tokens", () => {
    const grants = traffic
      .filter((entry) => entry.operation === "createToken")
      .map(({ body }) => (body as { grant_type: string }).grant_type);
    expect(new Set(grants)).toEqual(new Set(["authorization_code", "refresh_token"]));
  });

  it("matches the documentation", () => {
    expect(validateTraffic(traffic)).toEqual([]);
  });
});
