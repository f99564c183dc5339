import { decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { type Offer, OfferTooLargeError, signOffer } from "../../src/index.ts";
import { signClaims } from "../../src/offers.ts";
import VECTORS from "../offer-vectors.json" with { type: "json" };
import { INVOICE, POSTER } from "../setup/bodies.ts";

const SECRET_KEY = "sk_sandbox_shop_local_only";
const CHECKOUT: Offer["checkout"] = { items: [POSTER], reference: "ORDER-1" };
const DAY = 24 * 60 * 60;

interface Vector {
  readonly name: string;
  readonly secret_key: string;
  /** The signing key that is derived from the secret key, 32 bytes in hexadecimal. */
  readonly offer_key: string;
  readonly claims: Parameters<typeof signClaims>[1];
  readonly token: string;
}

/** Created with OpenSSL, without this project's code: see docs/guides/offers.md. */
const vectors = VECTORS as readonly Vector[];

function keyFrom(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

async function claimsOf(token: string) {
  const key = keyFrom("088d9059d4546a0e94c398bc598f39e1f3a41b05a98c276da66080b2e4a80fa0");
  return (await jwtVerify(token, key, { algorithms: ["HS256"], audience: "pk_sandbox_shop" })).payload;
}

describe.each(vectors)("the vector “$name”", ({ secret_key, offer_key, claims, token }) => {
  it("equals what the client signs", async () => {
    expect(await signClaims(secret_key, claims)).toBe(token);
  });

  it("is verified by jose", async () => {
    const options = { algorithms: ["HS256"], audience: claims.aud, currentDate: new Date(claims.iat * 1000) };
    const { payload, protectedHeader } = await jwtVerify(token, keyFrom(offer_key), options);
    expect(payload).toEqual(claims);
    expect(protectedHeader).toEqual({ alg: "HS256", typ: "JWT" });
  });
});

describe("an offer", () => {
  it("contains its merchant, its expiry and the unchanged checkout", async () => {
    const token = await signOffer(SECRET_KEY, { checkout: CHECKOUT, expiresIn: DAY });
    expect(decodeProtectedHeader(token)).toEqual({ alg: "HS256", typ: "JWT" });
    const { iat = 0, ...claims } = await claimsOf(token);
    expect(Math.abs(iat - Date.now() / 1000)).toBeLessThan(5);
    expect(claims).toEqual({ aud: "pk_sandbox_shop", exp: iat + DAY, jti: expect.any(String), checkout: CHECKOUT });
  });

  it("contains `single_use` and a random id or the shop's id", async () => {
    const offer: Offer = { checkout: { invoice: INVOICE }, expiresIn: 30 * DAY, singleUse: true };
    const [first, second] = await Promise.all([signOffer(SECRET_KEY, offer), signOffer(SECRET_KEY, offer)]);
    const [one, other] = await Promise.all([claimsOf(first), claimsOf(second)]);
    expect([one["single_use"], other["single_use"]]).toEqual([true, true]);
    expect(one.jti).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(one.jti).not.toBe(other.jti);
    const named = await claimsOf(await signOffer(SECRET_KEY, { ...offer, id: "invoice-2026-00042" }));
    expect(named.jti).toBe("invoice-2026-00042");
  });

  it("is not verified with another secret key", async () => {
    const token = await signOffer("sk_sandbox_shop_another_one", { checkout: CHECKOUT, expiresIn: DAY });
    await expect(claimsOf(token)).rejects.toThrow("signature verification failed");
  });

  it.each<[string, string, unknown]>([
    ["with a publishable key", "pk_sandbox_shop", { checkout: CHECKOUT, expiresIn: DAY }],
    ["for more than 30 days", SECRET_KEY, { checkout: CHECKOUT, expiresIn: 30 * DAY + 1 }],
    ["that never expires", SECRET_KEY, { checkout: CHECKOUT }],
    ["that has expired", SECRET_KEY, { checkout: CHECKOUT, expiresIn: 0 }],
    ["with a fraction of a second", SECRET_KEY, { checkout: CHECKOUT, expiresIn: 1.5 }],
    ["with a short id", SECRET_KEY, { checkout: CHECKOUT, expiresIn: DAY, id: "order-1" }],
    ["of a reusable checkout", SECRET_KEY, { checkout: { ...CHECKOUT, reusable: true }, expiresIn: DAY }],
  ])("%s is not signed", async (_name, secretKey, offer) => {
    await expect(signOffer(secretKey, offer as Offer)).rejects.toThrow(TypeError);
  });

  it.each([`${SECRET_KEY}\n`, ` ${SECRET_KEY}`, `${SECRET_KEY}\r\n`])(
    "is not signed with whitespace around the key, and the error names it: %j",
    async (secretKey) => {
      const refusal = signOffer(secretKey, { checkout: CHECKOUT, expiresIn: DAY });
      await expect(refusal).rejects.toThrow("`secretKey` has a space or a newline around it");
      await expect(refusal).rejects.not.toThrow("local_only");
    },
  );
});

describe("an offer of a large basket", () => {
  const lines = (count: number): Offer["checkout"] => ({ items: Array.from({ length: count }, () => POSTER) });

  it("is not signed, and the error states its length, the limit and the remediation", async () => {
    const refusal = await signOffer(SECRET_KEY, { checkout: lines(90), expiresIn: DAY }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(OfferTooLargeError);
    expect(refusal).toBeInstanceOf(TypeError);
    const { length, limit, message } = refusal as OfferTooLargeError;
    expect([limit, length > limit]).toEqual([12_000, true]);
    expect(message).toContain(`${length} characters`);
    expect(message).toContain("checkouts.create");
  });
});
