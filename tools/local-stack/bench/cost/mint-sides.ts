import { randomBytes, randomUUID } from "node:crypto";
import { obtainToken } from "../links-at-qonto.ts";
import type { Side } from "./compare-costs.ts";
import { HttpClient } from "./http-client.ts";
import { MUG, openMerchant, type OurWorker, SHOP_URL, startOurWorker } from "./our-worker.ts";
import { startFloor } from "./workerd.ts";

/** Enough that none of them reaches the limit that the Worker observes for each: 95 calls of Qonto a second. */
const MERCHANTS = 4;

const SHOWN = { value: "13.30", currency: "EUR" };

/**
 * Starts a bundle of the Worker with connected merchants that sell one product. It may be an earlier version's, whose
 * page names its key otherwise.
 */
export async function startMintingWorker(name: string, options: OurWorker): Promise<Side> {
  const { adminKey, ...worker } = await startOurWorker(options);
  const keys: string[] = [];
  for (let number = 0; number < MERCHANTS; number += 1) {
    keys.push(await openMerchant(`bench-${number}`, worker.url, adminKey));
  }
  const client = new HttpClient(worker.url);
  const nameOfKey = await findNameOfKey(client, keys[0] ?? "");
  let count = 0;
  const request = async (): Promise<void> => {
    const key = keys[count % keys.length];
    count += 1;
    await mint(client, { [nameOfKey]: key });
  };
  return { name, cpuTime: worker.cpuTime, request, close: () => closeBoth(client, worker) };
}

/** Starts the floor, which calls the same Qonto. */
export async function startMintFloor(sandboxUrl: string): Promise<Side> {
  const worker = await startFloor("mint", {
    className: "Merchant",
    bindings: {
      QONTO_API_URL: sandboxUrl,
      QONTO_STAGING_TOKEN: "sandbox-staging-token",
      ACCESS_TOKEN: await obtainToken(sandboxUrl, "payment_link.read payment_link.write"),
      VAULT_KEY: randomBytes(32).toString("base64"),
    },
  });
  const client = new HttpClient(worker.url);
  const item = { ...MUG, quantity: 1, unit_price: { value: "10.99", currency: "EUR" } };
  for (let number = 0; number < MERCHANTS; number += 1) {
    await client.call(`/bench-${number}/mug`, { method: "PUT", body: JSON.stringify(item) });
  }
  let count = 0;
  const request = async (): Promise<void> => {
    const publishable_key = `pk_sandbox_bench-${count % MERCHANTS}`;
    count += 1;
    await mint(client, { publishable_key });
  };
  return { name: "floor", cpuTime: worker.cpuTime, request, close: () => closeBoth(client, worker) };
}

/** Earlier versions call the field `key`. */
async function findNameOfKey(client: HttpClient, key: string): Promise<string> {
  for (const name of ["publishable_key", "key"]) if (await isMinted(client, { [name]: key })) return name;
  throw new Error("the Worker mints no link");
}

async function mint(client: HttpClient, whose: object): Promise<void> {
  if (!(await isMinted(client, whose))) throw new Error("a request got no link");
}

async function isMinted(client: HttpClient, whose: object): Promise<boolean> {
  const asked = { ...whose, product: "mug", attempt_id: randomUUID(), shown_amount: SHOWN };
  const { status, text } = await client.call("/v1/checkouts", {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8", Origin: SHOP_URL },
    body: JSON.stringify(asked),
  });
  return status === 201 && text.includes('"url":');
}

async function closeBoth(client: HttpClient, worker: { close(): Promise<void> }): Promise<void> {
  client.close();
  await worker.close();
}
