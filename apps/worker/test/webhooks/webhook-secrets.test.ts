import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answerAsServer } from "../support/server.ts";
import {
  type Endpoint,
  openEndpoint,
  paidCheckout,
  passTime,
  readEndpoint,
  receivedAt,
  resetShops,
  untilReceived,
} from "../support/shop-server.ts";
import { openShop } from "../support/shop.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(openShop);
afterEach(async () => {
  vi.useRealTimers();
  await resetShops();
});

describe("a secret that is replaced", () => {
  it("signs beside the new one for 24 hours", async () => {
    const { id, secret: before } = await openEndpoint("/shop");
    const { secret: after, previous_secret_until: until } = await answerAsServer<Endpoint>(
      "POST",
      `webhook_endpoints/${id}/rotate_secret`,
    );
    expect(after).not.toBe(before);
    expect(Date.parse(until ?? "")).toBeGreaterThan(Date.now() + DAY - 60_000);
    await paidCheckout();
    await untilReceived("/shop", 1);
    const [both] = await receivedAt("/shop");
    for (const secret of [before, after]) new Webhook(secret).verify(both?.body ?? "", { ...both?.headers });
    await passTime(DAY + 1_000);
    expect(await readEndpoint(id)).toMatchObject({ previous_secret_until: null });
    await paidCheckout();
    await untilReceived("/shop", 2);
    const [, one] = await receivedAt("/shop");
    new Webhook(after).verify(one?.body ?? "", { ...one?.headers });
    expect(() => new Webhook(before).verify(one?.body ?? "", { ...one?.headers })).toThrow("No matching signature");
  });
});

/** Returns which of these secrets verify the last webhook of a path. */
async function verifyingAt(path: string, secrets: readonly string[]): Promise<readonly string[]> {
  const webhook = (await receivedAt(path)).at(-1);
  return secrets.filter((secret) => {
    try {
      return new Webhook(secret).verify(webhook?.body ?? "", { ...webhook?.headers }) !== undefined;
    } catch {
      return false;
    }
  });
}

describe("secrets that are replaced within 24 hours", () => {
  it.each([
    ["by registering the address again", () => openEndpoint("/shop")],
    [
      "by rotation",
      async () => {
        const { data } = await answerAsServer<{ data: readonly Endpoint[] }>("GET", "webhook_endpoints");
        return answerAsServer<Endpoint>("POST", `webhook_endpoints/${data[0]?.id}/rotate_secret`);
      },
    ],
  ])("each sign for their own 24 hours: %s", async (_how, replace) => {
    const secrets = [(await openEndpoint("/shop")).secret, (await replace()).secret];
    await passTime(12 * HOUR);
    const last = await replace();
    secrets.push(last.secret);
    expect(Date.parse(last.previous_secret_until ?? "")).toBeGreaterThan(Date.now() + DAY - 60_000);
    await paidCheckout();
    await untilReceived("/shop", 1);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets);
    await passTime(12 * HOUR + 1_000);
    await paidCheckout();
    await untilReceived("/shop", 2);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets.slice(1));
    await passTime(12 * HOUR);
    await paidCheckout();
    await untilReceived("/shop", 3);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets.slice(2));
  });

  it("all sign even if they were replaced at the same moment", async () => {
    const made = [await openEndpoint("/shop")];
    made.push(...(await Promise.all([1, 2, 3, 4].map(() => openEndpoint("/shop")))));
    await paidCheckout();
    await untilReceived("/shop", 1);
    const secrets = made.map(({ secret }) => secret);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets);
  });

  it("are at most 9 beside the current one, the latest", async () => {
    const secrets = [];
    for (let count = 0; count < 12; count += 1) secrets.push((await openEndpoint("/shop")).secret);
    await paidCheckout();
    await untilReceived("/shop", 1);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets.slice(-10));
  });
});
