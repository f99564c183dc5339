import type { WorkerApi } from "./worker-api.ts";

/** Which merchant, and where. */
interface Whose {
  readonly workerUrl: string;
  readonly merchant: string;
  readonly publishableKey: string;
}

/**
 * Has pages of these origins let in. The list is replaced only where one of them is missing, so that what somebody added by
 * hand outlives a restart.
 *
 * @throws RefusedCall where the Worker refuses.
 */
export async function allowOrigins(admin: WorkerApi, whose: Whose, origins: readonly string[]): Promise<void> {
  const letIn = await Promise.all(origins.map((origin) => isLetIn(whose, origin)));
  if (letIn.every(Boolean)) return;
  await admin.call("PATCH", `merchants/${whose.merchant}`, { body: { allowed_origins: origins } });
}

/** Asks what costs something as a page would: the origin is looked at before anything else. */
async function isLetIn({ workerUrl, publishableKey: key }: Whose, origin: string): Promise<boolean> {
  const body = JSON.stringify({ publishable_key: key, product: "mug" });
  const answer = await fetch(`${workerUrl}/v1/prices`, { method: "POST", headers: { Origin: origin }, body });
  return !(await answer.text()).includes("origin_not_allowed");
}
