import { digestBytes } from "./digest.ts";

/** Whether two secrets are the same, in a time that does not depend on where they differ. */
export async function isConstantTimeEqual(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all([digestBytes(given), digestBytes(expected)]);
  return crypto.subtle.timingSafeEqual(a, b);
}
