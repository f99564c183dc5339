import { runInDurableObject } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { AnnouncedLinks } from "../../src/storage/announced-links.ts";
import { CheckoutExpiry } from "../../src/storage/checkout-expiry.ts";
import { CheckoutMetadata } from "../../src/storage/checkout-metadata.ts";
import { CheckoutReads } from "../../src/storage/checkout-reads.ts";
import type { NewCheckout } from "../../src/storage/checkout-row.ts";
import { Checkouts } from "../../src/storage/checkouts.ts";
import { Deliveries, type StoredDelivery } from "../../src/storage/deliveries.ts";
import { Erasure } from "../../src/storage/erasure.ts";
import { type ExportCursor, ExportedTables } from "../../src/storage/exported-tables.ts";
import { Events } from "../../src/storage/events.ts";
import { IdempotencyKeys } from "../../src/storage/idempotency-keys.ts";
import { Inbox } from "../../src/storage/inbox.ts";
import { LinkReservations } from "../../src/storage/link-reservations.ts";
import { PaymentLists } from "../../src/storage/payment-lists.ts";
import { Payments } from "../../src/storage/payments.ts";
import { Products } from "../../src/storage/products.ts";
import { SharedCheckouts } from "../../src/storage/shared-checkouts.ts";
import { UnmatchedPayments } from "../../src/storage/unmatched-payments.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { recordedSql } from "../support/object/recorded-sql.ts";
import { openShop } from "../support/shop.ts";

beforeAll(openShop);

const NOW = 1_700_000_000_000;

const CHECKOUT: NewCheckout = {
  id: "co_0123456789abcdefghij",
  attemptId: "attempt",
  intent: "intent",
  reference: "ORDER-1",
  openingReference: "ORDER-1",
  amount: { value: "12.00", currency: "EUR" },
  metadata: { cart: "17", channel: "web" },
  products: null,
  isReusable: false,
  openedBy: "server",
  successUrl: null,
  cancelUrl: null,
  locale: null,
  closesAt: NOW,
};
const { id: ID } = CHECKOUT;

const LINK = {
  id: "link",
  url: "https://pay.test/link",
  expiration_date: null,
  status: "open",
  created_at: "",
} as never;
const PAYMENT = { id: "payment", status: "paid" } as never;
const DELIVERY: StoredDelivery = {
  id: "dlv_1",
  endpointId: "we_1",
  eventNumber: 1,
  eventId: "evt_1",
  eventType: "checkout.paid",
  queue: ID,
  status: "pending",
  attempts: 0,
  lastStatus: null,
  lastProblem: null,
  dueAt: NOW,
  begunAt: NOW,
  createdAt: NOW,
};

/** Arguments of the calls of each method. */
type Calls<Table> = {
  readonly [Method in keyof Table]: Table[Method] extends (...input: infer Input) => unknown ? readonly Input[] : never;
};

function calls<Table>(create: new (sql: SqlStorage) => Table, all: Calls<Table>) {
  return { create: create as new (sql: SqlStorage) => object, all: all as Record<string, readonly unknown[][]> };
}

const VALUES = [{}, { reference: "ORDER-1" }, { metadata: { cart: "17", channel: "web" } }];
const RANGES = [
  {},
  { status: ["paid" as const] },
  { openedBy: ["button" as const] },
  { status: ["open" as const, "paid" as const], openedBy: ["server" as const], createdFrom: 1, createdBefore: NOW },
];
const FILTERS = VALUES.flatMap((values) => RANGES.map((ranges) => ({ ...values, ...ranges })));

/** Every method of the tables that grow with the merchant's sales. */
const PORTION = { records: 1_000, characters: 1_000_000 };

type Part = Parameters<ExportedTables["recordsAfter"]>;

/** One in each table of an export. */
const CURSORS: readonly ExportCursor[] = [
  ...["product", "checkout", "payment", "payment_list", "shared_checkout", "unmatched_payment"].map((name) => [
    name,
    "a",
  ]),
  ...["link_reservation", "event"].map((name) => [name, "1"]),
  ["new_checkout", `${NOW}:${ID}`],
].map(([name = "", key = ""]) => ({ name, startedAt: NOW, key }));

const TABLES = [
  calls(Checkouts, {
    add: [[CHECKOUT, NOW]],
    find: [[ID]],
    findByAttempt: [["attempt"]],
    findByLink: [["link"]],
    update: [[ID, { reference: "ORDER-2", metadata: { cart: "18" }, isReferenceSet: true }]],
    reprice: [[ID, CHECKOUT.amount]],
    recordLink: [[{ ...CHECKOUT, closedAt: null } as never, LINK, NOW, NOW]],
    reload: [[{ id: ID } as never]],
    recordReading: [[ID, { status: "paid", link: LINK, isPaidByLinkOnly: null }, NOW]],
    supersede: [[ID, "co_other"]],
    endUnminted: [[ID, "expired"]],
    openForReference: [["ORDER-1"]],
    payableForReference: [["ORDER-1"]],
    settledForReference: [["ORDER-1"]],
    dueForClosing: [[NOW]],
    recordClosing: [[ID]],
    nextClosing: [[NOW]],
    abandoned: [[NOW]],
    list: [...FILTERS.map((filter) => [filter, 21] as [object, number]), [{ after: ID }, 21]],
    countOpen: [[]],
    paidByLinkOnly: [[NOW]],
    newestMintedBefore: [[NOW]],
  }),
  calls(CheckoutMetadata, { add: [[ID]], setStatus: [[ID, "paid"]], remove: [[ID]] }),
  calls(CheckoutExpiry, { endedAfter: [[[0, ""], NOW, 10]], erasedUntil: [[NOW, 10]], delete: [[[ID]]] }),
  calls(CheckoutReads, {
    touch: [[ID, NOW]],
    readLinkAt: [[ID, NOW]],
    readLinkBy: [[ID, NOW]],
    readOpenLinksBy: [[NOW]],
    planNextRead: [[ID, NOW, { readAt: NOW, isHinted: false }]],
    recordFailedRead: [[ID, NOW, NOW]],
    postponeRead: [[ID, NOW, NOW]],
    due: [
      [true, NOW, 10],
      [false, NOW, 10],
    ],
    nextReading: [[NOW]],
    countDueBefore: [[NOW]],
  }),
  calls(Payments, {
    record: [[ID, PAYMENT, NOW]],
    unknownOf: [[["payment"]]],
    count: [[ID]],
    newestOf: [[ID, 100]],
  }),
  calls(PaymentLists, { find: [[ID]], save: [[ID, { nextPage: null, unexplained: 0, sweptAt: null }]] }),
  calls(Events, {
    add: [["evt_1", "checkout.paid", { checkout: { id: ID } } as never, NOW]],
    find: [[1]],
    list: [
      [undefined, 21],
      ["evt_1", 21],
    ],
    summaryOf: [["payment.unmatched"]],
    prune: [[NOW]],
  }),
  calls(Deliveries, {
    add: [["we_1", 1, NOW]],
    find: [["we_1", "dlv_1"]],
    list: [
      ["we_1", { status: null, after: undefined, limit: 21 }],
      ["we_1", { status: "dead", after: undefined, limit: 21 }],
    ],
    count: [["we_1", "pending"]],
    due: [["we_1", NOW, 10]],
    nextDue: [["we_1", NOW]],
    lease: [["dlv_1", NOW]],
    recordDelivered: [[DELIVERY, 200, NOW]],
    recordFailed: [[DELIVERY, { problem: "timeout", status: null }, NOW, NOW]],
    replay: [[DELIVERY, NOW]],
    resume: [["we_1", NOW]],
    replaySince: [["we_1", NOW, ["checkout.paid"], NOW]],
    removeAllOf: [["we_1"]],
    removeOfEvents: [[[1], NOW]],
    prune: [[NOW]],
  }),
  calls(Inbox, {
    record: [["event", { paymentLinkId: "link", isCreation: false, happenedAt: NOW }, NOW]],
    hasEventOf: [["link"]],
    hasChangeOf: [["link"]],
    newest: [[10]],
    prune: [[NOW]],
  }),
  calls(IdempotencyKeys, {
    find: [["key", NOW]],
    begin: [["key", "fingerprint", "attempt", NOW]],
    recordAnswer: [["key", "sealed"]],
    prune: [[NOW]],
  }),
  calls(LinkReservations, {
    add: [[{ checkoutId: ID, dueAt: NOW }, NOW]],
    has: [["link"]],
    hasten: [["link", NOW]],
    checkoutsOfInvoice: [["invoice"]],
    due: [[NOW]],
    unidentifiedOf: [[{ checkoutId: ID }], [{ invoiceId: "invoice" }]],
    identify: [[1, "link", NOW]],
    postpone: [[1, NOW]],
    recordPage: [[1, 2, true]],
    recordLook: [[1, NOW]],
    recordFailure: [[1, NOW]],
    remove: [[1]],
    waiting: [[]],
    nextDue: [[NOW]],
  }),
  calls(AnnouncedLinks, {
    add: [["link", NOW, NOW]],
    due: [[NOW]],
    postpone: [["link", NOW]],
    recordFailure: [["link", NOW]],
    remove: [["link"]],
    countDueBefore: [[NOW]],
    nextDue: [[NOW]],
    prune: [[NOW]],
  }),
  calls(SharedCheckouts, {
    presentOf: [["mug"]],
    add: [[{ attemptId: "attempt", product: "mug", intent: "intent" }]],
    retire: [["mug", NOW]],
    retired: [[]],
    remove: [["attempt"]],
  }),
  calls(UnmatchedPayments, { add: [["link", NOW]] }),
  calls(Erasure, {
    checkoutsOfReference: [["ORDER-1", 10]],
    paymentsWith: [["ada", ""]],
    checkoutsWith: [["ada", ""]],
    describe: [[[ID], NOW]],
    pseudonymize: [[[ID], NOW]],
    pseudonymizePayments: [[["payment"]]],
    eventsOf: [[{ checkouts: [ID], payer: "ada" }, 0]],
    replaceEvent: [[1, "{}"]],
    answersAfter: [["", 10]],
  }),
  calls(ExportedTables, {
    recordsAfter: [[null, NOW, PORTION], ...CURSORS.map((cursor): Part => [cursor, NOW, PORTION])],
    isEmpty: [[]],
    restore: [
      [{ cursor: "", type: "product", data: { id: "mug", body: {} } }, NOW],
      [{ cursor: "", type: "link_reservation", data: { checkout_id: ID, due_at: NOW, noted_at: NOW } }, NOW],
    ],
  }),
  calls(Products, {
    find: [["mug"]],
    list: [["mug", 21]],
    remove: [["mug"]],
    save: [[{ id: "mug" } as never]],
    clearCache: [[]],
  }),
];

/** Steps of a plan that read no table that grows: constants, texts in JSON, and the results of inner queries. */
const HARMLESS = /^SCAN (CONSTANT ROW|\(subquery-\d+\)|\w+ VIRTUAL TABLE.*)$/;

/** Steps that read a whole table, or sort it. */
const COSTLY = /^(SCAN |USE TEMP B-TREE|MATERIALIZE|SEARCH \w+ USING AUTOMATIC)/;

it.each(TABLES.map(({ create, all }) => ({ name: create.name, create, all })))(
  "no statement of $name reads a whole table, or sorts one",
  async ({ create, all }) => {
    const methods = Object.getOwnPropertyNames(create.prototype).filter((name) => name !== "constructor");
    expect(Object.keys(all).toSorted(), "name each method of the table in this test").toEqual(methods.toSorted());
    const costly = await runInDurableObject(merchantObject(), (_object, { storage }) => {
      const found: Record<string, readonly unknown[]> = {};
      const recorded = recordedSql(storage.sql, (statement, values) => {
        const plan = storage.sql.exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`, ...values).toArray();
        const steps = plan.map(({ detail }) => detail);
        const wrong = steps.filter((step) => COSTLY.test(step) && !HARMLESS.test(step));
        if (wrong.length > 0) found[statement] = steps;
      });
      try {
        storage.transactionSync(() => {
          const table = new create(recorded.sql);
          for (const [method, inputs] of Object.entries(all)) {
            for (const input of inputs) Reflect.apply(Reflect.get(table, method) as () => unknown, table, input);
          }
          throw new Undone();
        });
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
      }
      return found;
    });
    expect(costly).toEqual({});
  },
);

/** Ends a transaction without effect. */
class Undone extends Error {}
