import { digestOf } from "../crypto/digest.ts";
import { toBase64Url } from "@qonto-pay/web/base64";
import { withChecksum } from "../crypto/key-checksum.ts";
import { offerKeyOf } from "../crypto/offer.ts";
import { randomId } from "../crypto/random-id.ts";
import type { NewSecretKey } from "../storage/secret-keys.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

/** Returns a secret key in the form in which it is issued. @param random as `randomSecret` returns it. */
export function secretKeyOf({ config, name }: MerchantContext, random: string): Promise<string> {
  return withChecksum(`sk_${config.environment}_${name}_${random}`);
}

/** Returns the stored record of a secret key. */
export async function recordOfKey({ vault }: MerchantContext, secretKey: string): Promise<NewSecretKey> {
  const sealedOfferKey = await vault.encrypt("offer_key", toBase64Url(await offerKeyOf(secretKey)));
  return { id: randomId("key"), hash: await digestOf(secretKey), endsWith: secretKey.slice(-4), sealedOfferKey };
}
