import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextAttemptAt } from "../../src/webhooks/retry-schedule.ts";
import { isWebhookUrlAllowed, type OwnHosts, readWebhookUrl } from "../../src/webhooks/webhook-url.ts";

const DEPLOYED: OwnHosts = {
  hosts: new Set(["pay.merchant.example", "thirdparty.qonto.com", "pay.qonto.com", "provider.example"]),
  isLocal: false,
};
const LOCAL: OwnHosts = { hosts: new Set(["localhost:8787", "127.0.0.1:4010"]), isLocal: true };

const HOSTILE = [
  // Not an address, or another scheme.
  "",
  " ",
  "shop.example",
  "//shop.example/",
  "http://shop.example/",
  "HTTP://shop.example/",
  "ftp://shop.example/",
  "file:///etc/passwd",
  "data:text/plain,hello",
  "javascript:alert(1)",
  "wss://shop.example/",
  "blob:https://shop.example/1",
  // Another port.
  "https://shop.example:80/",
  "https://shop.example:8443/",
  "https://shop.example:0/",
  // A user.
  "https://user@shop.example/",
  "https://user:password@shop.example/",
  "https://shop.example@127.0.0.1/",
  "https://shop.example%40127.0.0.1/",
  // IP addresses in all notations.
  "https://127.0.0.1/",
  "https://10.0.0.1/",
  "https://192.168.1.1/",
  "https://172.16.0.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://100.64.0.1/",
  "https://0.0.0.0/",
  "https://8.8.8.8/",
  "https://255.255.255.255/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0x7f.0.0.1/",
  "https://0177.0.0.1/",
  "https://017700000001/",
  "https://127.1/",
  "https://127.0.1/",
  "https://0/",
  "https://127.0.0.1./",
  "https://127.0.0.1.:443/",
  "https://%31%32%37.0.0.1/",
  "https://127%2e0%2e0%2e1/",
  "https://１２７.０.０.１/",
  "https://①②⑦.⓪.⓪.①/",
  "https://127。0。0。1/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[fe80::1]/",
  "https://[fd00::1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[2001:db8::1]/",
  "https://shop.123/",
  "https://shop.0x7f/",
  // Names inside a network.
  "https://localhost/",
  "https://LOCALHOST/",
  "https://localhost./",
  "https://shop.localhost/",
  "https://localhost.localdomain/",
  "https://printer.local/",
  "https://metadata.google.internal/",
  "https://router.home.arpa/",
  "https://1.0.0.127.in-addr.arpa/",
  "https://shop.lan/",
  "https://shop.corp/",
  "https://intranet/",
  "https://shop/",
  "https://com/",
  "https://shop.example./",
  "https://.shop.example/",
  "https://shop..example/",
  "https://-shop.example/",
  "https://shop_1.example/",
  `https://${"a".repeat(64)}.example/`,
  `https://${"a.".repeat(130)}example/`,
  // Ours, Qonto's and the provider's.
  "https://pay.merchant.example/webhooks/qonto/demo",
  "https://pay.merchant.example:443/",
  "https://thirdparty.qonto.com/v2/payment_links",
  "https://pay.qonto.com/",
  "https://anything.qonto.com/",
  "https://qonto.com/",
  "https://thirdparty-sandbox.staging.qonto.co/",
  "https://provider.example/",
  // Addresses that no parser reads, and fragments.
  "https://shop.example\u0000/",
  "https://shop.example/#hook",
  "https://shop.example/hook#",
  "https://shop.example#@127.0.0.1/",
];

describe("the address of a shop", () => {
  it.each(HOSTILE)("is not %j", (address) => {
    expect(isWebhookUrlAllowed(address, DEPLOYED)).toBe(false);
    expect(isWebhookUrlAllowed(address, { ...DEPLOYED, isLocal: true })).toBe(false);
  });

  it.each([
    "https://shop.example/",
    "https://shop.example",
    "https://shop.example:443/hook",
    "https://shop.example?token=1",
    "https://www.shop.example/wp-json/pay/v1/hook?shop=1&key=a%20b",
    "https://xn--shp-sna.example/",
    "https://shop.xn--p1ai/",
    "https://127.shop.example/",
    "https://notqonto.com/",
    "https://qonto.com.shop.example/",
    "https://local.shop.example/",
  ])("may be %j", (address) => {
    expect(isWebhookUrlAllowed(address, DEPLOYED)).toBe(true);
  });

  it.each([
    ["HTTPS://Shop.Example/Hook", "https://shop.example/Hook"],
    [" https://shop.example/hook\n", "https://shop.example/hook"],
    ["https://shop.example:443/hook", "https://shop.example/hook"],
    ["https://shop.example:0443", "https://shop.example/"],
    ["https://shop.example", "https://shop.example/"],
    ["https://m\u00fcller.example/", "https://xn--mller-kva.example/"],
    ["https://mu\u0308ller.example/", "https://xn--mller-kva.example/"],
    ["https://ｓｈｏｐ.example/", "https://shop.example/"],
    ["https://shop.example/a b?c=\u00fc", "https://shop.example/a%20b?c=%C3%BC"],
    ["https://shop.example/x/../hook", "https://shop.example/hook"],
    ["https:\\\\shop.example\\hook", "https://shop.example/hook"],
    ["https://shop.example\\@127.0.0.1/", "https://shop.example/@127.0.0.1/"],
    ["https:shop.example", "https://shop.example/"],
    ["https://@shop.example/", "https://shop.example/"],
  ])("is the one that the URL parser returns for %j", (address, url) => {
    expect(readWebhookUrl(address, DEPLOYED)).toEqual({ url });
    expect(readWebhookUrl(url, DEPLOYED)).toEqual({ url });
  });

  it.each([
    ["shop.example", "must be an https address, like https://shop.example/webhooks"],
    ["ftp://shop.example/", "must be an https address, like https://shop.example/webhooks"],
    ["https://shop.example/#hook", "must have no fragment (#), which is never sent"],
    ["https://ada:secret@shop.example/", "must have no user and no password"],
    ["https://shop.example:8443/", "must use port 443: leave out the port"],
    ["https://my_shop.example/", "must have no underscore in its host name, because no certificate is issued for one"],
    ["https://2130706433/", "must have a public host name: no IP address and no internal name"],
    ["https://nas.local/", "must have a public host name: no IP address and no internal name"],
    [
      "https://PAY.merchant.example/",
      "must be the shop's own address, not one of the Worker, Qonto or the payment provider",
    ],
  ])("is rejected with the reason: %j", (address, problem) => {
    expect(readWebhookUrl(address, DEPLOYED)).toEqual({ problem });
  });

  it("with http is rejected; the error explains how to get https and where http is accepted", () => {
    for (const own of [DEPLOYED, LOCAL]) {
      const read = readWebhookUrl("http://shop.example/", own);
      expect(read).toMatchObject({ problem: expect.stringContaining("cloudflared tunnel --url") });
    }
    expect(readWebhookUrl("http://shop.example/", LOCAL)).toMatchObject({
      problem: expect.stringContaining(".localhost, .test or .local"),
    });
  });

  it.each([
    "http://localhost:3000/hook",
    "http://127.0.0.1:3000/hook",
    "http://[::1]:3000/",
    "http://localhost/",
    "http://shop.localhost:3000/",
    "http://shop.test:8080/hook",
    "http://my-mac.local:3000/",
    "http://LOCALHOST:3000/hook",
  ])("may be %j with a local Worker only", (address) => {
    expect(isWebhookUrlAllowed(address, LOCAL)).toBe(true);
    expect(isWebhookUrlAllowed(address, DEPLOYED)).toBe(false);
  });

  it.each([
    "http://localhost:8787/webhooks/qonto/demo",
    "http://127.0.0.1:4010/",
    "http://10.0.0.1/",
    "http://192.168.1.1:3000/",
    "http://0.0.0.0:3000/",
    "http://127.0.0.2:3000/",
    "http://user@localhost:3000/",
    "http://localhost.evil.example/",
    "http://evillocalhost/",
    "http://test/",
    "http://.test/",
    "http://shop.test.evil.example/",
    "http://[::ffff:127.0.0.1]:3000/",
    "https://localhost:3000/",
  ])("is not %j with a local Worker either", (address) => {
    expect(isWebhookUrlAllowed(address, LOCAL)).toBe(false);
  });

  it("is never a disguised number, and has no port and no user, regardless of the text around it", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("aZ0.:@/\\[]%#?x- 。")) });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const address = `https://${before}127.0.0.1${after}`;
        if (!isWebhookUrlAllowed(address, DEPLOYED)) return;
        const { hostname, port, username, password } = new URL(address);
        expect([port, username, password]).toEqual(["", "", ""]);
        expect(hostname).toMatch(/\.[a-z][a-z0-9-]*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the schedule", () => {
  const HOUR = 3_600_000;

  it("is ten attempts within about 3 days, with less than a tenth of jitter", () => {
    const hours = [5 / 3600, 1 / 12, 0.5, 2, 5, 10, 14, 20, 24];
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }), (randoms) => {
        let now = 1_700_000_000_000;
        const begunAt = now;
        for (const [index, pause] of hours.entries()) {
          const next = nextAttemptAt(index + 1, begunAt, now, randoms[index] ?? 0);
          expect(next).not.toBeNull();
          const waited = (next ?? 0) - now;
          expect(waited).toBeGreaterThanOrEqual(pause * HOUR - 1);
          expect(waited).toBeLessThanOrEqual(pause * HOUR * 1.1 + 1);
          // Each attempt takes its time as well.
          now = (next ?? 0) + 10_000;
        }
        expect(nextAttemptAt(10, begunAt, now, 0)).toBeNull();
      }),
    );
  });

  it("ends early for a delivery that waited for others until its time was over", () => {
    const [begunAt, now] = [1_700_000_000_000, 1_700_000_000_000 + 100 * HOUR];
    expect(nextAttemptAt(1, begunAt, now, 0)).toBeNull();
  });
});
