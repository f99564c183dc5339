import type { Config } from "../context/config.ts";
import type { DeploymentCalls, Env } from "../context/env.ts";

/** Returns a stub of the deployment's object. A deployment keeps it in the EU; the local runtime has no jurisdictions. */
export function stubOfDeployment(env: Env, { isLocal }: Config): DeploymentCalls {
  const namespace = isLocal ? env.DEPLOYMENT : env.DEPLOYMENT.jurisdiction("eu");
  return namespace.getByName("deployment");
}

/** The merchants that this isolate has added to the list. */
const listed = new Set<string>();

/** Adds an existing merchant to the list, once for each isolate. */
export async function listMerchant(env: Env, config: Config, merchant: string): Promise<void> {
  if (listed.has(merchant)) return;
  await stubOfDeployment(env, config).listMerchant(merchant);
  listed.add(merchant);
}
