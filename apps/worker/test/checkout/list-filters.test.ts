import { runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { merchantObject } from "../support/object/merchant-object.ts";
import { SEEDED_FROM, seedCheckouts, seededId } from "../support/object/seed-checkouts.ts";
import { answerAsServer } from "../support/server.ts";
import { openShop } from "../support/shop.ts";

const CHECKOUTS = 12_000;

/** Enough for more than one page of each filter. */
const SHOWN = 300;

interface Item {
  readonly id: string;
  readonly status: string;
  readonly opened_by: string;
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created_at: string;
}

interface Page {
  readonly data: readonly Item[];
  readonly has_more: boolean;
  readonly next_after?: string;
}

/** The newest ones: `created_from` selects them in each list. */
let newest: readonly Item[];
const CREATED_FROM = new Date(SEEDED_FROM + (CHECKOUTS - SHOWN + 1) * 1_000).toISOString();

beforeAll(async () => {
  await openShop();
  await runInDurableObject(merchantObject(), (_object, { storage }) => seedCheckouts(storage.sql, 1, CHECKOUTS));
  newest = (await pages(`created_from=${CREATED_FROM}`, 100)).flatMap(({ data }) => data);
});

/** Returns all pages of a list. */
async function pages(query: string, limit: number): Promise<readonly Page[]> {
  const all: Page[] = [];
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page: Page = await answerAsServer("GET", `checkouts?limit=${limit}&${query}${after && `&after=${after}`}`);
    all.push(page);
    after = page.has_more ? (page.next_after ?? page.data.at(-1)?.id) : undefined;
  }
  return all;
}

const STATUSES = ["", "expired", "canceled", "open", "paid", "expired,canceled", "open,processing,paid"];
const OPENERS = ["", "button", "server", "offer", "button,server"];
const VALUES: readonly Readonly<Record<string, string>>[] = [
  {},
  { reference: "donation" },
  { reference: `ORDER-${CHECKOUTS - 1}` },
  { "metadata[parity]": "odd" },
  { "metadata[parity]": "even", "metadata[third]": "yes" },
  { reference: "donation", "metadata[parity]": "odd" },
];

function isIn(list: string, value: string): boolean {
  return list === "" || list.split(",").includes(value);
}

function has(item: Item, values: Readonly<Record<string, string>>): boolean {
  return Object.entries(values).every(([name, value]) =>
    name === "reference" ? item.reference === value : item.metadata[name.slice(9, -1)] === value,
  );
}

describe("the list of checkouts", () => {
  it("without a filter has every checkout, newest first", () => {
    expect(newest.map(({ id }) => id)).toEqual(
      Array.from({ length: SHOWN }, (_, index) => seededId(CHECKOUTS - index)),
    );
  });

  it.each(VALUES.flatMap((values) => STATUSES.map((status) => ({ values, status }))))(
    "has the checkouts with $values and the status $status, of each opener, once and in order",
    async ({ values, status }) => {
      for (const openers of OPENERS) {
        const query = new URLSearchParams({ ...values, created_from: CREATED_FROM });
        for (const one of status.split(",").filter(Boolean)) query.append("status[]", one);
        for (const one of openers.split(",").filter(Boolean)) query.append("opened_by[]", one);
        const found = (await pages(query.toString(), 7)).flatMap(({ data }) => data.map(({ id }) => id));
        const wanted = newest.filter(
          (item) => isIn(status, item.status) && isIn(openers, item.opened_by) && has(item, values),
        );
        expect(found, `opened by ${openers}`).toEqual(wanted.map(({ id }) => id));
      }
    },
  );

  it("examines a limited number of checkouts for one page of a search for several frequent values", async () => {
    const none = await pages("reference=donation&metadata[parity]=odd", 20);
    expect(none.flatMap(({ data }) => data)).toEqual([]);
    expect(none.length).toBeGreaterThan(1);
    expect(none.length).toBeLessThan(30);
    for (const page of none.slice(0, -1)) expect(page.next_after).toMatch(/^co_/);
    const some = (await pages("reference=donation&metadata[third]=yes", 100)).flatMap(({ data }) => data);
    expect(some).toHaveLength(CHECKOUTS / 6);
    expect(new Set(some.map(({ id }) => id)).size).toBe(some.length);
  });
});
