import { beforeEach, describe, expect, it } from "vitest";
import { CLICKED, follow, forgetKeptLinks, refusalOf } from "../support/no-script.ts";
import { callsToQonto } from "../support/sandbox.ts";
import { openShop } from "../support/shop.ts";

beforeEach(async () => {
  await openShop();
  await forgetKeptLinks();
});

describe("an error page is shown for", () => {
  it.each([
    ["nothing", "product_not_found"],
    ["MUG", "product_not_found"],
    ["%6Dug", "product_not_found"],
    ["mug%2F..%2Fposter", "product_not_found"],
    ["%00", "product_not_found"],
    ["%", "product_not_found"],
    ["x".repeat(200), "product_not_found"],
    ["%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "product_not_found"],
    ["'; DROP TABLE products; --", "product_not_found"],
    ["__proto__", "product_not_found"],
  ])("product %s", async (product, code) => {
    const response = await follow(product);
    expect(response.headers.get("Content-Type")).toContain("text/html");
    const page = await response.clone().text();
    expect(/<script|alert\(|<a /.test(page)).toBe(false);
    expect(await refusalOf(response)).toEqual([404, code]);
    expect(await callsToQonto()).toEqual([]);
  });

  it.each(["pk_sandbox_nobody", "pk_live_demo", "sk_sandbox_demo_12345678", "demo", "pk_sandbox_", "%22%3E%3Cb%3E"])(
    "key %s",
    async (key) => {
      expect(await refusalOf(follow("mug", { key }))).toEqual([404, "not_found"]);
    },
  );

  it("an unknown product, in the shopper's language", async () => {
    const response = await follow("nothing", { headers: { ...CLICKED, "Accept-Language": "de-AT" } });
    expect(response.headers.get("Content-Language")).toBe("de-AT");
    expect(await response.text()).toContain("<h1>Das wird hier nicht verkauft</h1>");
  });
});
