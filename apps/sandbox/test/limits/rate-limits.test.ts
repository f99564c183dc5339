import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, list, type Reply } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;
/** The real time, stopped unless a test moves it, so that results do not depend on the machine's speed. */
let now: number;

beforeAll(async () => {
  now = Date.parse("2026-11-20T12:00:00Z");
  sandbox = await startSandbox({ port: 0, now: () => now });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

const ask = (headers: Record<string, string | undefined> = {}): Promise<Reply> =>
  client.api("GET", "/v2/payment_links/payment_methods", undefined, headers);
const limits = (settings: Record<string, unknown>) => client.control("PUT", "/rate_limits", settings);
const advance = (seconds: number) => client.control("POST", "/clock", { advance_seconds: seconds });

/** Sends requests one after another and returns their statuses. */
async function statuses(count: number, request: () => Promise<Reply> = ask): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let sent = 0; sent < count; sent += 1) seen.push((await request()).status);
  return seen;
}

const times = (count: number, status: number) => Array.from({ length: count }, () => status);

test("1,000 requests in 10 seconds are answered, and the next one gets a 429", async () => {
  expect(await statuses(999)).toEqual(times(999, 200)); // The token request was the first.
  const reply = await ask();
  expect(reply.status).toBe(429);
  expect(list(reply.body["errors"])[0]).toMatchObject({ code: "too_many_requests" });
  expect(reply.headers.get("retry-after")).toBeNull();
  const refresh = await client.refresh(client.refreshToken);
  expect(refresh.status).toBe(429);
  expect(refresh.body).toMatchObject({ error: "too_many_requests" });
  await advance(10);
  expect((await ask()).status).toBe(200);
});

test("the documented limits are on by default, and a reset restores them", async () => {
  const documented = { per_10_seconds: 1000, per_10_minutes: 10_000, unauthorized_per_hour: 200, retry_after: false };
  expect((await limits({})).body).toEqual(documented);
  await limits({ per_10_seconds: 1, per_10_minutes: null });
  await client.control("POST", "/reset");
  expect((await limits({})).body).toEqual(documented);
});

describe("a limit", () => {
  test("slides: each request stops counting after 10 seconds", async () => {
    await limits({ per_10_seconds: 3 });
    await advance(60);
    expect(await statuses(2)).toEqual([200, 200]);
    await advance(6);
    expect(await statuses(2)).toEqual([200, 429]);
    await advance(4);
    expect(await statuses(3)).toEqual([200, 200, 429]);
  });

  test("of 10 minutes applies even if no 10 seconds exceed theirs", async () => {
    await limits({ per_10_minutes: 4 });
    await advance(600);
    for (const status of [200, 200, 200, 200, 429, 429]) {
      expect((await ask()).status).toBe(status);
      await advance(30);
    }
    await advance(420);
    expect((await ask()).status).toBe(200);
  });

  test("does not count rejected requests", async () => {
    await limits({ per_10_seconds: 1 });
    await advance(10);
    for (const _ of [1, 2, 3]) {
      expect(await statuses(2)).toEqual([200, 429]);
      await advance(10);
    }
  });

  test("is cleared when the clock is turned back", async () => {
    await limits({ per_10_seconds: 2 });
    await advance(10);
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await advance(-3600);
    expect((await ask()).status).toBe(200);
  });

  test("of null does not limit", async () => {
    await limits({ per_10_seconds: 1 });
    expect((await ask()).status).toBe(429);
    await limits({ per_10_seconds: null });
    expect(await statuses(5)).toEqual(times(5, 200));
  });

  test("answers with Retry-After if that is enabled", async () => {
    await limits({ per_10_seconds: 1, retry_after: true });
    await advance(10);
    await ask();
    await advance(3);
    expect((await ask()).headers.get("retry-after")).toBe("7");
  });

  test("does not apply to controls and the pay page", async () => {
    const id = await client.createLink();
    await limits({ per_10_seconds: 1 });
    expect((await ask()).status).toBe(429);
    expect((await client.pay(id, "paid")).status).toBe(201);
    expect((await fetch(`${sandbox.url}/payment-links/x`)).status).toBe(404);
  });

  test.each([{ per_10_seconds: 0 }, { per_10_minutes: "many" }, { per_hour: 1 }, { retry_after: "yes" }])(
    "rejects the settings %o",
    async (settings) => {
      expect((await limits(settings)).status).toBe(400);
    },
  );
});

test("more than 200 answers of 401 in an hour block all requests of the address for an hour", async () => {
  const unauthorized = () => ask({ authorization: "Bearer unknown" });
  expect(await statuses(200, unauthorized)).toEqual(times(200, 401));
  expect((await ask()).status).toBe(200);
  expect(await statuses(2, unauthorized)).toEqual([401, 429]);
  expect((await ask()).status).toBe(429);
  await advance(3599);
  expect((await ask()).status).toBe(429);
  await advance(1);
  client = await Client.connect(sandbox); // The access token also expired after an hour.
  expect((await ask()).status).toBe(200);
});

test("an answer of 401 to a wrong client secret also counts", async () => {
  await limits({ unauthorized_per_hour: 0 });
  const wrong = () => client.token({ grant_type: "refresh_token", client_secret: "wrong" });
  expect(await statuses(2, wrong)).toEqual([401, 429]);
});

test("a sandbox can start without limits", async () => {
  const other = await startSandbox({ port: 0, rateLimits: false });
  const visitor = await Client.connect(other);
  const listed = () => visitor.api("GET", "/v2/payment_links/payment_methods");
  expect(await statuses(1001, listed)).toEqual(times(1001, 200));
  await other.close();
});
