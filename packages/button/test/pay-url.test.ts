import { expect } from "@open-wc/testing";
import { isAllowedPayUrl } from "../src/checkout/pay-url.ts";

const LIVE = "pk_live_demo";
const SANDBOX = "pk_sandbox_demo";
const PATH = "/0b2e?resource_id=77aa";

const QONTO = [`https://pay.qonto.com${PATH}`, "https://pay.qonto.com/"];

const LOOPBACK = ["http", "https"].flatMap((scheme) =>
  ["localhost:4010", "127.0.0.1:4010", "[::1]:4010", "localhost"].map((host) => `${scheme}://${host}${PATH}`),
);

const OF_SANDBOX = [
  `https://pay-sandbox.qonto.com${PATH}`,
  "https://pay-sandbox.qonto.com/payment-links/1",
  ...LOOPBACK,
];

const HOSTILE = [
  // not a web address
  "",
  " ",
  "pay.qonto.com",
  "//pay.qonto.com/x",
  "/x",
  "?x",
  "#x",
  "null",
  "undefined",
  "https://",
  "https:///",
  // other schemes
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript://pay.qonto.com/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "blob:https://pay.qonto.com/0b2e",
  "filesystem:https://pay.qonto.com/x",
  "view-source:https://pay.qonto.com/x",
  "about:blank",
  "file:///etc/passwd",
  "ftp://pay.qonto.com/x",
  "ws://pay.qonto.com/x",
  "wss://pay.qonto.com/x",
  "intent://pay.qonto.com/x#Intent;end",
  "tel:112",
  "mailto:a@pay.qonto.com",
  `http://pay.qonto.com${PATH}`,
  // a user name or a password
  "https://user@pay.qonto.com/x",
  "https://user:password@pay.qonto.com/x",
  "https://:password@pay.qonto.com/x",
  "https://@pay.qonto.com/x",
  "https://pay.qonto.com@evil.example/x",
  "https://pay.qonto.com:x@evil.example/x",
  "https://pay.qonto.com%40evil.example/x",
  "https://evil.example\\@pay.qonto.com/x",
  "http://localhost@evil.example/x",
  "http://user@localhost:4010/x",
  // hosts that look alike
  "https://evil.example/pay.qonto.com",
  "https://evil.example/?https://pay.qonto.com/x",
  "https://evil.example/#https://pay.qonto.com/x",
  "https://pay.qonto.com.evil.example/x",
  "https://pay.qonto.com./x",
  "https://pay-qonto.com/x",
  "https://payqonto.com/x",
  "https://pay.qonto.co/x",
  "https://pay.qonto.company/x",
  "https://qonto.com/x",
  "http://pay-sandbox.qonto.com/x",
  "https://pay-sandbox.qonto.com:8443/x",
  "https://pay-sandbox.qonto.com.evil.example/x",
  "https://pay-sandboxxqonto.com/x",
  "https://payxsandbox.qonto.com/x",
  "https://user@pay-sandbox.qonto.com/x",
  "https://pay-sandbox.qonto.com@evil.example/x",
  "https://xpay-sandbox.qonto.com/x",
  "https://pay-staging.qonto.com/x",
  "https://www.pay.qonto.com/x",
  "https://xpay.qonto.com/x",
  "https://pay.qont\u043e.com/x",
  "https://p\u0430y.qonto.com/x",
  "https://pay\u3002qonto\u3002com/x",
  "https://pay.qonto\u2024com/x",
  "https://\uff50ay.qonto.com/x",
  "https://pay.qonto.com\u2044evil.example/x",
  "https://xn--pay-qonto.com/x",
  // another port of the right host
  "https://pay.qonto.com:8443/x",
  "https://pay.qonto.com:443/x",
  "https://pay.qonto.com:80/x",
  // what a parser strips, decodes or resolves
  " https://pay.qonto.com/x",
  "https://pay.qonto.com/x ",
  "https://pay.qonto.com/x\n",
  "\thttps://pay.qonto.com/x",
  "ht\ntps://pay.qonto.com/x",
  "https://pay.qonto\t.com/x",
  "https://pay.qonto.com\u0000/x",
  "https://pay.qonto.com\u00ad/x",
  "https://pay.qonto.com\u200b/x",
  "https://pay.qonto.com\\x",
  "https:\\\\pay.qonto.com\\x",
  "https:pay.qonto.com/x",
  "https:/pay.qonto.com/x",
  "https:////pay.qonto.com/x",
  "HTTPS://pay.qonto.com/x",
  "https://PAY.QONTO.COM/x",
  "https://pay.qonto%2ecom/x",
  "https://pay.qonto.com/a/../x",
  'https://pay.qonto.com/"><script>alert(1)</script>',
  // not quite the loopback
  "http://localhost.evil.example/x",
  "http://localhost./x",
  "http://127.0.0.1.evil.example/x",
  "http://127.0.0.2/x",
  "http://127.1/x",
  "http://2130706433/x",
  "http://0x7f000001/x",
  "http://0.0.0.0/x",
  "http://[::]/x",
  "http://[::ffff:127.0.0.1]/x",
  "http://192.168.0.1/x",
  "http://169.254.169.254/x",
  "ftp://localhost/x",
];

describe("isAllowedPayUrl", () => {
  for (const url of QONTO) {
    it(`allows ${url} with a live and a sandbox key`, () => {
      expect(isAllowedPayUrl(url, LIVE)).to.equal(true);
      expect(isAllowedPayUrl(url, SANDBOX)).to.equal(true);
    });
  }

  for (const url of OF_SANDBOX) {
    it(`allows ${url} only with a sandbox key`, () => {
      expect(isAllowedPayUrl(url, SANDBOX)).to.equal(true);
      for (const key of [LIVE, "", "pk_live_pk_sandbox_demo", "PK_SANDBOX_demo", "sandbox"]) {
        expect(isAllowedPayUrl(url, key), key).to.equal(false);
      }
    });
  }

  for (const url of HOSTILE) {
    it(`rejects ${JSON.stringify(url)}`, () => {
      expect(isAllowedPayUrl(url, LIVE)).to.equal(false);
      expect(isAllowedPayUrl(url, SANDBOX)).to.equal(false);
    });
  }
});
