import { digestOf } from "../security/digest.ts";
import { randomId } from "../security/random-id.ts";
import type { NewSecretKey } from "../storage/secret-keys.ts";
import type { Merchant } from "./merchant.ts";

/** A secret key as it is told. @param random as `randomSecret` makes it. */
export function secretKeyOf({ config, name }: Merchant, random: string): string {
  return `sk_${config.environment}_${name}_${random}`;
}

/** What is stored of a secret key. */
export async function recordOfKey(secretKey: string): Promise<NewSecretKey> {
  return { id: randomId("key"), hash: await digestOf(secretKey), endsWith: secretKey.slice(-4) };
}
