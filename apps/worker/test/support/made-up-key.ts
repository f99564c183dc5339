import { withChecksum } from "../../src/crypto/key-checksum.ts";

/** Returns a secret key that a program invented, with the right checksum, whose rule is public. */
export function secretKeyOfNoMerchant(merchant: string): Promise<string> {
  return withChecksum(`sk_sandbox_${merchant}_${crypto.randomUUID().replaceAll("-", "x")}${"x".repeat(7)}`);
}
