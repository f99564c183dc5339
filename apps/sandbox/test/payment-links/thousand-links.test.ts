import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, item, type Json, list, string } from "../support/client.ts";

const COUNT = 1000;
const STATUSES = ["expired", "open", "paid", "processing", "canceled"] as const;

let sandbox: Sandbox;
let client: Client;
/** The ids by creation, grouped by the status that the link was given. */
const made = new Map<string, string>();

beforeAll(async () => {
  // The clock advances with each link, so that all expire at different times.
  let now = Date.parse("2026-11-20T12:00:00Z");
  sandbox = await startSandbox({ port: 0, behaviour: "documented", rateLimits: false, now: () => now });
  client = await Client.connect(sandbox);
  for (let index = 0; index < COUNT; index += 1) {
    const status = STATUSES[Math.floor(index / (COUNT / STATUSES.length))] ?? "open";
    if (index === COUNT / STATUSES.length) {
      now += 365 * 86_400_000;
      client = await Client.connect(sandbox);
    }
    now += 1000;
    // 389 is prime: the amounts are unordered, and some links have the same amount.
    const unit_price = {
      value: `${1 + ((index * 389) % 701)}.${String(index % 100).padStart(2, "0")}`,
      currency: "EUR",
    };
    const id = await client.createLink({ items: [item({ unit_price, vat_rate: "20.0" })] });
    if (status === "paid") await client.pay(id, "paid");
    if (status === "processing") await client.pay(id, "pending");
    if (status === "canceled") await client.api("PATCH", `/v2/payment_links/${id}/deactivate`);
    made.set(id, status);
  }
});
afterAll(() => sandbox.close());

async function page(query: string): Promise<{ links: readonly Json[]; meta: Json | undefined }> {
  const { status, body } = await client.api("GET", `/v2/payment_links?${query}`);
  expect(status).toBe(200);
  return { links: list(body["payment_links"]), meta: body["meta"] };
}

/** Returns all pages of a list, as a client that follows `next_page` reads them. */
async function pages(query: string): Promise<readonly (readonly Json[])[]> {
  const seen: (readonly Json[])[] = [];
  for (let next: unknown = 1; typeof next === "number"; ) {
    const { links, meta } = await page(`${query}&page=${next}`);
    seen.push(links);
    next = meta?.["next_page"];
  }
  return seen;
}

const ids = (links: readonly Json[]) => links.map((link) => string(link["id"]));
const cents = (link: Json) => Number(string(link["amount"]?.["value"]).replace(".", ""));
const expiry = (link: Json) => Date.parse(string(link["expiration_date"]));

test("a list contains each link once, newest first", async () => {
  expect(ids((await pages("per_page=100")).flat())).toEqual([...made.keys()].toReversed());
});

describe("a list is filtered by", () => {
  test.each(STATUSES)("%s", async (status) => {
    const expected = [...made].filter(([, reached]) => reached === status).map(([id]) => id);
    const found = (await pages(`status[]=${status}&per_page=100`)).flat();
    expect(ids(found)).toEqual(expected.toReversed());
    expect(new Set(found.map((link) => link["status"]))).toEqual(new Set([status]));
  });

  test("two statuses", async () => {
    const { meta } = await page("status[]=open&status[]=expired&per_page=1");
    expect(meta).toMatchObject({ total_count: 400, total_pages: 400 });
  });
});

describe("a list is sorted by", () => {
  test.each([
    ["amount:asc", cents, 1],
    ["amount:desc", cents, -1],
    ["expiration_date:asc", expiry, 1],
    ["expiration_date:desc", expiry, -1],
  ] as const)("%s", async (order, key, sign) => {
    const found = (await pages(`sort_by=${order}&per_page=100`)).flat();
    expect(new Set(ids(found))).toEqual(new Set(made.keys()));
    const keys = found.map(key);
    expect(keys).toEqual(keys.toSorted((a, b) => sign * (a - b)));
  });
});

describe("a list is paged", () => {
  test.each([1, 3, 7, 30, 64, 99, 100])("by %i, and the pages together are the list", async (perPage) => {
    const parts = await pages(`sort_by=amount:asc&per_page=${perPage}`);
    expect(parts).toHaveLength(Math.ceil(COUNT / perPage));
    expect(parts.slice(0, -1).every((part) => part.length === perPage)).toBe(true);
    expect(new Set(ids(parts.flat())).size).toBe(COUNT);
    expect(parts.flat()).toHaveLength(COUNT);
  });

  test("by 1 to 100, with right meta on the first page, the last, and the one after", async () => {
    for (let perPage = 1; perPage <= 100; perPage += 1) {
      const total_pages = Math.ceil(COUNT / perPage);
      const common = { total_pages, total_count: COUNT, per_page: perPage };
      const lastLength = COUNT - (total_pages - 1) * perPage;
      for (const [current_page, prev_page, next_page, length] of [
        [1, null, 2, perPage],
        [total_pages, total_pages - 1, null, lastLength],
        [total_pages + 1, total_pages, null, 0],
      ] as const) {
        const { links, meta } = await page(`per_page=${perPage}&page=${current_page}`);
        expect(meta).toEqual({ ...common, current_page, prev_page, next_page });
        expect(links).toHaveLength(length);
      }
    }
  });
});
