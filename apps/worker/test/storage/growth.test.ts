import { runInDurableObject } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { Checkouts } from "../../src/storage/checkouts.ts";
import { CheckoutReads } from "../../src/storage/checkout-reads.ts";
import { Deliveries } from "../../src/storage/deliveries.ts";
import { ExportedTables } from "../../src/storage/exported-tables.ts";
import { Events } from "../../src/storage/events.ts";
import type { CheckoutFilter } from "../../src/storage/checkout-list.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { rowsReadBy } from "../support/object/recorded-sql.ts";
import { SEEDED_ENDPOINT, SEEDED_FROM, seedCheckouts, seededId } from "../support/object/seed-checkouts.ts";
import { openShop } from "../support/shop.ts";

const FEW = 100;
const MANY = 10_000;

/** A page, and one more to see whether there is a next one. */
const LIMIT = 6;

type Calls = Readonly<Record<string, (sql: SqlStorage) => unknown>>;

/** Values of each filter that are on most checkouts, on few and on none. */
const FILTERS = {
  status: [undefined, ["paid"], ["open", "processing"], ["expired", "canceled"]],
  openedBy: [undefined, ["offer"], ["server", "button"]],
  value: [
    {},
    { reference: "donation" },
    { reference: "ORDER-5" },
    { reference: "none" },
    { metadata: { channel: "web" } },
    { metadata: { order_id: "5" } },
    { metadata: { parity: "odd", order_id: "5" } },
    { metadata: { order_id: "5" }, reference: "ORDER-5" },
  ],
  time: [{}, { createdFrom: SEEDED_FROM + 50_000 }, { createdBefore: SEEDED_FROM + 50_000 }],
  after: [undefined, seededId(50)],
} as const;

/** Every combination of the filters of a list. */
const COMBINATIONS: readonly CheckoutFilter[] = FILTERS.value.flatMap((value) =>
  FILTERS.status.flatMap((status) =>
    FILTERS.openedBy.flatMap((openedBy) =>
      FILTERS.time.flatMap((time) => FILTERS.after.map((after) => ({ ...value, ...time, status, openedBy, after }))),
    ),
  ),
);

/** Calls whose cost must not depend on the number of checkouts. */
const CALLS: Calls = {
  ...Object.fromEntries(
    COMBINATIONS.map((filter) => [
      `list ${JSON.stringify(filter)}`,
      (sql: SqlStorage) => new Checkouts(sql).list(filter, LIMIT),
    ]),
  ),
  "read a checkout": (sql) => new Checkouts(sql).find(seededId(50)),
  "the next read": (sql) => new CheckoutReads(sql).nextReading(0),
  "due reads": (sql) => [true, false].map((isHinted) => new CheckoutReads(sql).due(isHinted, Date.now(), 10)),
  "the next end": (sql) => new Checkouts(sql).nextClosing(0),
  "abandoned checkouts": (sql) => new Checkouts(sql).abandoned(Date.now()),
  "the newest link": (sql) => new Checkouts(sql).newestMintedBefore(Date.now()),
  "an order of a frequent reference": (sql) => new Checkouts(sql).settledForReference("donation"),
  "payable checkouts of a frequent reference": (sql) => new Checkouts(sql).payableForReference("ORDER-51"),
  ...Object.fromEntries(
    [
      null,
      { name: "checkout", startedAt: Date.now(), key: seededId(50) },
      { name: "event", startedAt: Date.now(), key: "50" },
      { name: "new_checkout", startedAt: SEEDED_FROM, key: `${SEEDED_FROM + 50_000}:${seededId(50)}` },
    ].map((after) => [
      `a part of an export after ${after?.name}`,
      (sql: SqlStorage) =>
        new ExportedTables(sql).recordsAfter(after, Date.now(), { records: LIMIT, characters: 1_000_000 }),
    ]),
  ),
  events: (sql) => new Events(sql).list(undefined, LIMIT),
  "events after one": (sql) => new Events(sql).list("evt_00000000000000000050", LIMIT),
  "events to review": (sql) => new Events(sql).summaryOf("payment.unmatched"),
  "expired events": (sql) => new Events(sql).prune(1),
  deliveries: (sql) => new Deliveries(sql).list(SEEDED_ENDPOINT, { status: null, after: undefined, limit: LIMIT }),
  "dead deliveries": (sql) =>
    new Deliveries(sql).list(SEEDED_ENDPOINT, { status: "dead", after: undefined, limit: LIMIT }),
  "expired deliveries": (sql) => new Deliveries(sql).prune(1),
};

/** Returns the rows that each call reads, by its name. */
function measure(calls: Calls): Promise<Readonly<Record<string, number>>> {
  return runInDurableObject(merchantObject(), (_object, { storage }) =>
    Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, rowsReadBy(storage.sql, call)])),
  );
}

async function seed(from: number, to: number): Promise<void> {
  await runInDurableObject(merchantObject(), (_object, { storage }) => seedCheckouts(storage.sql, from, to));
}

beforeAll(openShop);

it("no call reads more rows with more checkouts", async () => {
  await seed(1, FEW);
  const few = await measure(CALLS);
  await seed(FEW + 1, MANY);
  const many = await measure(CALLS);
  // A page that is full with many checkouts may have been short with few of them.
  const page = 2 * LIMIT;
  const ranges = 15;
  const allowed = (rows: number): number => Math.max(1.2 * rows, rows + ranges * LIMIT + page);
  const grown = Object.entries(many).filter(([name, rows]) => rows > allowed(few[name] ?? 0));
  expect(grown.map(([name, rows]) => `${name}: ${few[name]} rows of ${FEW}, ${rows} of ${MANY}`)).toEqual([]);
});
