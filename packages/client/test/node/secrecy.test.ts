import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { QontoPay, QontoPayAdmin, type QontoPayOptions, signOffer } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { ScriptedServer } from "../setup/scripted-server.ts";

/** The options of both clients, without their keys. */
type WorkerOptions = Omit<QontoPayOptions, "secretKey">;

const SECRET = "canary0canary0canary0";
const secretKey = `sk_live_shop_${SECRET}`;
const adminKey = `${SECRET}-of-the-operator-of-this-Worker`;
const endpoint = "https://pay.shop.example";

/** Returns a value in every form in which a program may print or send it. */
function shown(value: unknown): string {
  return [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value), String(value)].join("\n");
}

async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => error,
  );
}

describe("the constructor of a merchant's client", () => {
  it.each<[string, Partial<Record<keyof QontoPayOptions, unknown>>]>([
    ["a publishable key", { secretKey: "pk_live_shop" }],
    ["no key", { secretKey: undefined }],
    ["half a key", { secretKey: `shop_${SECRET}` }],
    ["a key that ends a header", { secretKey: `${secretKey}\r\nX: y` }],
    ["http", { endpoint: "http://pay.shop.example" }],
    ["http on a host that looks like a loopback host", { endpoint: "http://localhost.shop.example" }],
    ["another scheme", { endpoint: "ftp://pay.shop.example" }],
    ["an endpoint without a scheme", { endpoint: "pay.shop.example" }],
    ["an address with a path", { endpoint: `${endpoint}/v1` }],
    ["an address with a query", { endpoint: `${endpoint}/?key=1` }],
    ["an address with a password", { endpoint: "https://me:pass@pay.shop.example" }],
    ["a timeout of 0", { timeoutMs: 0 }],
    ["an infinite timeout", { timeoutMs: Number.POSITIVE_INFINITY }],
    ["a negative number of retries", { maxRetries: -1 }],
  ])("rejects %s without showing the key", (_name, options) => {
    const make = () => new QontoPay({ secretKey, endpoint, ...options } as QontoPayOptions);
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(SECRET);
  });

  it.each(["http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787", `${endpoint}/`, `${endpoint}:8443`])(
    "accepts the endpoint %s",
    (address) => {
      expect(new QontoPay({ secretKey, endpoint: address })).toBeInstanceOf(QontoPay);
    },
  );
});

describe("the constructor of the operator's client", () => {
  it.each<[string, unknown]>([
    ["a merchant's secret key", `${secretKey}${SECRET}`],
    ["a publishable key", `pk_live_${SECRET}`],
    ["no key", undefined],
    ["a key that is too short", SECRET],
    ["a key that ends a header", `${adminKey}\r\nX: y`],
    ["a key that a header would trim", `${adminKey} `],
    ["a key that no header can carry", `${adminKey}é`],
  ])("rejects %s without showing the key", (_name, key) => {
    const make = () => new QontoPayAdmin({ adminKey: key as string, endpoint });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(/`adminKey`/);
    expect(make).not.toThrow(SECRET);
  });

  it.each([{ endpoint: "http://pay.shop.example" }, { timeoutMs: 0 }, { maxRetries: 11 }])(
    "rejects the invalid options %j",
    (options) => {
      const make = () => new QontoPayAdmin({ adminKey, endpoint, ...options });
      expect(make).toThrow(TypeError);
      expect(make).not.toThrow(SECRET);
    },
  );

  it.each([adminKey, "correct horse battery staple, thrice", "0123456789abcdef".repeat(4), "+/=".repeat(15)])(
    "accepts the key %s",
    (key) => {
      expect(new QontoPayAdmin({ adminKey: key, endpoint })).toBeInstanceOf(QontoPayAdmin);
    },
  );
});

describe("the key does not appear", () => {
  const kinds = [
    ["a merchant's client", (options) => new QontoPay({ secretKey, endpoint, ...options }).keys.create()],
    [
      "the operator's client",
      (options) => new QontoPayAdmin({ adminKey, endpoint, ...options }).merchants.replaceKeys("shop"),
    ],
  ] as const satisfies readonly (readonly [string, (options: Partial<WorkerOptions>) => Promise<unknown>])[];

  it("in a printed client", () => {
    expect(shown(new QontoPay({ secretKey, endpoint }))).not.toContain(SECRET);
    expect(shown(new QontoPayAdmin({ adminKey, endpoint }))).not.toContain(SECRET);
  });

  it.each(kinds)("in an error of %s, even if fetch throws an error with the request", async (_name, call) => {
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

  it.each(kinds)("in an error of %s that contains the system's error code", async (_name, call) => {
    const closed = await ScriptedServer.start();
    const { url } = closed;
    await closed.close();
    const error = await rejectionOf(call({ endpoint: url, maxRetries: 0 }));
    expect(error).toMatchObject({ message: `The connection to ${url} failed (ECONNREFUSED).` });
    expect(shown(error)).not.toContain(SECRET);
  });

  it.each(kinds)("in an error of %s, even if another server's page repeats the request", async (_name, call) => {
    const mirror = await ScriptedServer.start((response) => {
      response.writeHead(502).end(`<h1>Can't pass on ${response.req.headers.authorization}</h1>`);
    });
    const error = await rejectionOf(call({ endpoint: mirror.url, maxRetries: 0 }));
    await mirror.close();
    expect(error).toMatchObject({ name: "QontoPayError", code: "unexpected_answer", status: 502 });
    expect(shown(error)).not.toContain(SECRET);
  });

  it("in an error of signOffer", async () => {
    const error = await rejectionOf(signOffer(`x${secretKey}`, { checkout: CHECKOUT as never, expiresIn: 60 }));
    expect(error).toBeInstanceOf(TypeError);
    expect(shown(error)).not.toContain(SECRET);
  });
});
