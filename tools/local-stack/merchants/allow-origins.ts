import type { WorkerApi } from "./worker-api.ts";

/** A merchant, and the Worker that serves it. */
interface Whose {
  readonly workerUrl: string;
  readonly merchant: string;
  readonly publishableKey: string;
}

/**
 * Allows pages of these origins. It replaces the list only if an origin is missing, so that origins added by hand
 * survive a restart.
 *
 * @throws RefusedCall if the Worker rejects the call.
 */
export async function allowOrigins(admin: WorkerApi, whose: Whose, origins: readonly string[]): Promise<void> {
  const letIn = await Promise.all(origins.map((origin) => isLetIn(whose, origin)));
  if (letIn.every(Boolean)) return;
  await admin.call("PATCH", `merchants/${whose.merchant}`, { body: { allowed_origins: origins } });
}

/** Requests a price as a page would: the Worker checks the origin first. */
async function isLetIn({ workerUrl, publishableKey: key }: Whose, origin: string): Promise<boolean> {
  const body = JSON.stringify({ publishable_key: key, product: "mug" });
  const answer = await fetch(`${workerUrl}/v1/prices`, { method: "POST", headers: { Origin: origin }, body });
  return !(await answer.text()).includes("origin_not_allowed");
}
