import type { Side } from "./compare-costs.ts";
import { HttpClient } from "./http-client.ts";
import { openMerchant, type OurWorker, startOurWorker } from "./our-worker.ts";
import { startFloor } from "./workerd.ts";

/** The headers of a browser for a link that a person clicked. */
const CLICKED = {
  "Sec-Fetch-Site": "cross-site",
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-Dest": "document",
  "Sec-Fetch-User": "?1",
};

/** Starts the Worker with a product whose shared link exists. */
export async function startSharedLinkWorker(options: OurWorker): Promise<Side> {
  const { adminKey, ...worker } = await startOurWorker(options);
  const key = await openMerchant("bench", worker.url, adminKey);
  return follow("this version", worker, `/pay/${key}/mug`);
}

/** Starts the floor: the smallest Worker that redirects from memory. */
export async function startSharedLinkFloor(): Promise<Side> {
  const worker = await startFloor("shared-link", { bindings: {} });
  const path = "/pay/pk_sandbox_bench/mug";
  await fetch(new URL(path, worker.url), { method: "PUT", body: "https://pay.qonto.example/links/1" });
  return follow("floor", worker, path);
}

async function follow(name: string, worker: Awaited<ReturnType<typeof startFloor>>, path: string): Promise<Side> {
  const client = new HttpClient(worker.url);
  const request = async (): Promise<void> => {
    const { status, location } = await client.call(path, { method: "GET", headers: CLICKED });
    if (status !== 303 || location === undefined) throw new Error(`a request of ${name} got no link`);
  };
  const close = async (): Promise<void> => {
    client.close();
    await worker.close();
  };
  await request();
  return { name, cpuTime: worker.cpuTime, request, close };
}
