import type { Config } from "./config.ts";
import type { Env } from "./env.ts";
import type { MerchantObject } from "./merchant-object.ts";

/** The one object of a merchant, kept in the EU when deployed. The local runtime knows no jurisdictions. */
export function findMerchantObject(env: Env, config: Config, merchant: string): DurableObjectStub<MerchantObject> {
  const namespace = config.isLocal ? env.MERCHANT : env.MERCHANT.jurisdiction("eu");
  return namespace.getByName(merchant);
}
