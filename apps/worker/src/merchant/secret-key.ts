import { digestOf } from "../security/digest.ts";
import { toBase64Url } from "../security/base64url.ts";
import { offerKeyOf } from "../security/offer.ts";
import { randomId } from "../security/random-id.ts";
import type { NewSecretKey } from "../storage/secret-keys.ts";
import type { Merchant } from "./merchant.ts";

/** A secret key as it is told. @param random as `randomSecret` makes it. */
export function secretKeyOf({ config, name }: Merchant, random: string): string {
  return `sk_${config.environment}_${name}_${random}`;
}

/** What is stored of a secret key. */
export async function recordOfKey({ vault }: Merchant, secretKey: string): Promise<NewSecretKey> {
  const sealedOfferKey = await vault.seal("offer_key", toBase64Url(await offerKeyOf(secretKey)));
  return { id: randomId("key"), hash: await digestOf(secretKey), endsWith: secretKey.slice(-4), sealedOfferKey };
}
