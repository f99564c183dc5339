import { describe, expect, it } from "vitest";
import { isUrlAllowed } from "../../src/http/allowed-url.ts";
import { StatusTokens } from "../../src/crypto/status-token.ts";
import { Vault } from "../../src/crypto/vault.ts";
import { isSignedByQonto } from "../../src/crypto/webhook-signature.ts";

const KEY = new Uint8Array(32).fill(7);

describe("a pay URL", () => {
  const hosts = new Set(["pay.qonto.com", "localhost:4010"]);

  it.each(["https://pay.qonto.com/1?resource_id=2", "http://localhost:4010/pay/1?resource_id=2"])(
    "%s is allowed",
    (url) => {
      expect(isUrlAllowed(url, hosts)).toBe(true);
    },
  );

  it.each([
    "http://pay.qonto.com/1",
    "https://pay.qonto.com.evil.example/1",
    "https://evil.example/pay.qonto.com",
    "https://evil.example#@pay.qonto.com",
    "https://pay.qonto.com@evil.example/1",
    "https://user@pay.qonto.com/1",
    "https://@pay.qonto.com/1",
    "https://pay.qonto.com:8443/1",
    "https:\\\\pay.qonto.com/1",
    " https://pay.qonto.com/1",
    "ht\ntps://pay.qonto.com/1",
    "https://\uff50ay.qonto.com/1",
    "//pay.qonto.com/1",
    "javascript:alert(1)//pay.qonto.com",
    "data:text/html,pay.qonto.com",
    "http://localhost:4011/pay/1",
    "",
  ])("%j is rejected", (url) => {
    expect(isUrlAllowed(url, hosts)).toBe(false);
  });
});

describe("an encrypted secret", () => {
  it("can be decrypted only for its own merchant and field, with its own key, and unchanged", async () => {
    const sealed = await new Vault([KEY], "demo").encrypt("tokens", "secret");
    expect(await new Vault([KEY], "demo").decrypt("tokens", sealed)).toBe("secret");
    expect(sealed).not.toBe(await new Vault([KEY], "demo").encrypt("tokens", "secret"));
    const [format, key, iv = "", body] = sealed.split(".");
    const changed = [format, key, (iv.startsWith("A") ? "B" : "A") + iv.slice(1), body].join(".");
    await expect(new Vault([KEY], "other").decrypt("tokens", sealed)).rejects.toThrow(Error);
    await expect(new Vault([KEY], "demo").decrypt("webhook_secret", sealed)).rejects.toThrow(Error);
    await expect(new Vault([new Uint8Array(32)], "demo").decrypt("tokens", sealed)).rejects.toThrow(Error);
    await expect(new Vault([KEY], "demo").decrypt("tokens", changed)).rejects.toThrow(Error);
  });
});

describe("a status token", () => {
  it("is valid only for its own merchant and checkout", async () => {
    const tokens = new StatusTokens([KEY]);
    const token = await tokens.sign("demo", "co_1");
    expect(await tokens.verify(token, "co_1")).toBe("demo");
    expect(await tokens.verify(token, "co_2")).toBeNull();
    expect(await tokens.verify(token.replace("demo", "other"), "co_1")).toBeNull();
    expect(await new StatusTokens([new Uint8Array(32)]).verify(token, "co_1")).toBeNull();
  });
});

describe("a webhook signature", () => {
  const body = new TextEncoder().encode('{"test":"data"}');
  const header = "t=1704110400,v1=56aff06dc227db80d6568a5070f912c601c31f20451745d257cbc0b5dfa93805";
  const now = 1_704_110_400_000;

  it("of Qonto's documentation is valid within 5 minutes and with additional fields", async () => {
    expect(await isSignedByQonto(body, header, ["test-secret"], now)).toBe(true);
    expect(await isSignedByQonto(body, header, ["test-secret"], now + 300_000)).toBe(true);
    expect(await isSignedByQonto(body, header, ["test-secret"], now - 300_001)).toBe(false);
    expect(await isSignedByQonto(body, `${header},v2=abc, v1=${"0".repeat(64)}`, ["test-secret"], now)).toBe(true);
    expect(await isSignedByQonto(body, header, ["other-secret"], now)).toBe(false);
  });
});
