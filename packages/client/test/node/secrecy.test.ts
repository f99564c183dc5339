import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { QontoPay, type QontoPayOptions, signOffer } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { ScriptedServer } from "../setup/scripted-server.ts";

const SECRET = "canary0canary0canary0";
const secretKey = `sk_live_shop_${SECRET}`;
const endpoint = "https://pay.shop.example";

/** Everything that somebody who prints or sends a value may show. */
function shown(value: unknown): string {
  return [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value), String(value)].join("\n");
}

async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("a client is not made", () => {
  it.each<[string, Partial<Record<keyof QontoPayOptions, unknown>>]>([
    ["with a publishable key", { secretKey: "pk_live_shop" }],
    ["with no key", { secretKey: undefined }],
    ["with half a key", { secretKey: `shop_${SECRET}` }],
    ["with a key that ends a header", { secretKey: `${secretKey}\r\nX: y` }],
    ["for http", { endpoint: "http://pay.shop.example" }],
    ["for http on a host that looks like this machine", { endpoint: "http://localhost.shop.example" }],
    ["for another scheme", { endpoint: "ftp://pay.shop.example" }],
    ["for no address", { endpoint: "pay.shop.example" }],
    ["for an address with a path", { endpoint: `${endpoint}/v1` }],
    ["for an address with a query", { endpoint: `${endpoint}/?key=1` }],
    ["for an address with a password", { endpoint: "https://me:pass@pay.shop.example" }],
    ["without time", { timeoutMs: 0 }],
    ["with endless time", { timeoutMs: Number.POSITIVE_INFINITY }],
    ["with less than no repeats", { maxRetries: -1 }],
  ])("%s, and the key is not told", (_name, options) => {
    const make = () => new QontoPay({ secretKey, endpoint, ...options } as QontoPayOptions);
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(SECRET);
  });

  it.each(["http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787", `${endpoint}/`, `${endpoint}:8443`])(
    "for nothing else: it is for %s",
    (address) => {
      expect(new QontoPay({ secretKey, endpoint: address })).toBeInstanceOf(QontoPay);
    },
  );
});

describe("the secret key is in nothing that is shown", () => {
  it("of a client", () => {
    expect(shown(new QontoPay({ secretKey, endpoint }))).not.toContain(SECRET);
  });

  it("of an error, even where fetch throws what it was given", async () => {
    const seen: string[] = [];
    const leaky: typeof fetch = async (input, init) => {
      seen.push(new Request(input).url);
      throw Object.assign(new TypeError(`can't send ${JSON.stringify(init)}`), { code: secretKey, request: init });
    };
    const qontoPay = new QontoPay({ secretKey, endpoint, fetch: leaky, maxRetries: 0 });
    const error = await rejectionOf(qontoPay.checkouts.create(CHECKOUT));
    expect(error).toMatchObject({ name: "QontoPayConnectionError", reason: "network" });
    expect(shown(error)).not.toContain(SECRET);
    expect(seen).toEqual([`${endpoint}/v1/checkouts`]);
  });

  it("of an error of a network that tells why", async () => {
    const closed = await ScriptedServer.start();
    const { url } = closed;
    await closed.close();
    const nobody = new QontoPay({ secretKey, endpoint: url, maxRetries: 0 });
    const error = await rejectionOf(nobody.keys.list());
    expect(error).toMatchObject({ message: `The connection to ${url} failed (ECONNREFUSED).` });
    expect(shown(error)).not.toContain(SECRET);
  });

  it("of a mistake in signing an offer", async () => {
    const error = await rejectionOf(signOffer(`x${secretKey}`, { checkout: CHECKOUT as never, expiresIn: 60 }));
    expect(error).toBeInstanceOf(TypeError);
    expect(shown(error)).not.toContain(SECRET);
  });
});
