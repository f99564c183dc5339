import { expect, it } from "vitest";
import { QontoPayPlugin, type QontoPayPluginOptions } from "../src/index.ts";

/** Invalid options are rejected when the shop starts, and the error names them. */

const GOOD: QontoPayPluginOptions = {
  secretKey: "sk_live_shop_local_only",
  endpoint: "https://pay.shop.example",
  webhookSecret: "whsec_c2VjcmV0",
  referencePrefix: "A-",
  successUrl: (code) => `https://shop.example/orders/${code}`,
  expiresIn: 300,
  catchUpEveryMs: 1000,
};

const optionsOf = (options: Readonly<Record<string, unknown>>) =>
  QontoPayPlugin.init({ ...GOOD, ...options }).options();

it("valid options are accepted", () => {
  expect(optionsOf({})).toEqual(GOOD);
  expect(optionsOf({ webhookSecret: ["whsec_c2VjcmV0", "whsec_b3RoZXI="] }).webhookSecret).toHaveLength(2);
});

it.each([
  ["webhookSecret", [undefined, "", "whsec_", "whsec_!", "c2VjcmV0", [], ["whsec_c2VjcmV0", ""]]],
  ["referencePrefix", ["é", "line\n", "x".repeat(33), 1]],
  ["successUrl", ["https://shop.example", null]],
  ["cancelUrl", ["https://shop.example"]],
  ["expiresIn", [1, 299, 2_592_001, 300.5, Number.NaN, "300"]],
  ["catchUpEveryMs", [0, -1, 999, 2 ** 31, Number.POSITIVE_INFINITY]],
])("an invalid `%s` is rejected", (name, values) => {
  for (const value of values) expect(() => optionsOf({ [name]: value })).toThrow(`\`${name}\` must be`);
});

it("the error does not contain the secret", () => {
  expect(() => optionsOf({ webhookSecret: "whsec_almost a secret" })).not.toThrow(/almost/);
});
