import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { QontoPay, QontoPayAdmin, type QontoPayOptions, signOffer } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { ScriptedServer } from "../setup/scripted-server.ts";

/** What clients of both kinds are told beside their key. */
type WorkerOptions = Omit<QontoPayOptions, "secretKey">;

const SECRET = "canary0canary0canary0";
const secretKey = `sk_live_shop_${SECRET}`;
const adminKey = `${SECRET}-of-whoever-runs-the-Worker`;
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

describe("a client of whoever runs the Worker is not made", () => {
  it.each<[string, unknown]>([
    ["with a merchant's secret key", `${secretKey}${SECRET}`],
    ["with a publishable key", `pk_live_${SECRET}`],
    ["with no key", undefined],
    ["with a key that is too short to be one", SECRET],
    ["with a key that ends a header", `${adminKey}\r\nX: y`],
    ["with a key that a header would cut", `${adminKey} `],
    ["with a key that no header can carry", `${adminKey}é`],
  ])("%s, and the key is not told", (_name, key) => {
    const make = () => new QontoPayAdmin({ adminKey: key as string, endpoint });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(/`adminKey`/);
    expect(make).not.toThrow(SECRET);
  });

  it.each([{ endpoint: "http://pay.shop.example" }, { timeoutMs: 0 }, { maxRetries: 11 }])(
    "with settings that no client takes: %j",
    (options) => {
      const make = () => new QontoPayAdmin({ adminKey, endpoint, ...options });
      expect(make).toThrow(TypeError);
      expect(make).not.toThrow(SECRET);
    },
  );

  it.each([adminKey, "correct horse battery staple, thrice", "0123456789abcdef".repeat(4), "+/=".repeat(15)])(
    "for nothing else: it is for %s",
    (key) => {
      expect(new QontoPayAdmin({ adminKey: key, endpoint })).toBeInstanceOf(QontoPayAdmin);
    },
  );
});

describe("a key is in nothing that is shown", () => {
  const kinds = [
    ["a shop", (options) => new QontoPay({ secretKey, endpoint, ...options }).keys.create()],
    [
      "whoever runs the Worker",
      (options) => new QontoPayAdmin({ adminKey, endpoint, ...options }).merchants.replaceKeys("shop"),
    ],
  ] as const satisfies readonly (readonly [string, (options: Partial<WorkerOptions>) => Promise<unknown>])[];

  it("of a client", () => {
    expect(shown(new QontoPay({ secretKey, endpoint }))).not.toContain(SECRET);
    expect(shown(new QontoPayAdmin({ adminKey, endpoint }))).not.toContain(SECRET);
  });

  it.each(kinds)("of an error of %s, even where fetch throws what it was given", async (_name, call) => {
    const seen: string[] = [];
    const leaky: typeof fetch = async (input, init) => {
      const { url, headers } = new Request(input, init);
      seen.push(url);
      const authorization = headers.get("Authorization");
      throw Object.assign(new TypeError(`can't send ${authorization}`), { code: authorization, request: init });
    };
    const error = await rejectionOf(call({ fetch: leaky, maxRetries: 0 }));
    expect(error).toMatchObject({ name: "QontoPayConnectionError", reason: "network" });
    expect(shown(error)).not.toContain(SECRET);
    expect(seen).toEqual([expect.stringMatching(/^https:\/\/pay\.shop\.example\/v1\/[a-z/_]+$/)]);
  });

  it.each(kinds)("of an error of %s that a network tells the reason of", async (_name, call) => {
    const closed = await ScriptedServer.start();
    const { url } = closed;
    await closed.close();
    const error = await rejectionOf(call({ endpoint: url, maxRetries: 0 }));
    expect(error).toMatchObject({ message: `The connection to ${url} failed (ECONNREFUSED).` });
    expect(shown(error)).not.toContain(SECRET);
  });

  it.each(kinds)("of an error of %s that repeats what was sent, in a page of somebody else's", async (_name, call) => {
    const mirror = await ScriptedServer.start((response) => {
      response.writeHead(502).end(`<h1>Can't pass on ${response.req.headers.authorization}</h1>`);
    });
    const error = await rejectionOf(call({ endpoint: mirror.url, maxRetries: 0 }));
    await mirror.close();
    expect(error).toMatchObject({ name: "QontoPayError", code: "unexpected_answer", status: 502 });
    expect(shown(error)).not.toContain(SECRET);
  });

  it("of a mistake in signing an offer", async () => {
    const error = await rejectionOf(signOffer(`x${secretKey}`, { checkout: CHECKOUT as never, expiresIn: 60 }));
    expect(error).toBeInstanceOf(TypeError);
    expect(shown(error)).not.toContain(SECRET);
  });
});
