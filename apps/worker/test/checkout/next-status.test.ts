import { CHECKOUT_STATUSES, type CheckoutStatus, isEnded } from "@qonto-pay/core/api";
import { PAYMENT_LINK_STATUSES, type Payment } from "@qonto-pay/core/qonto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckoutBefore, type LinkReading, nextStatus, unpaidPayments } from "../../src/checkout/next-status.ts";

const NOW = Date.parse("2026-11-29T10:00:00Z");
const DAY = 86_400_000;
const AMOUNT = { value: "12.00", currency: "EUR" };

function payment(value: string, currency = "EUR"): Payment {
  return { id: "p", amount: { value, currency }, status: "paid", created_at: "2026-11-29T09:00:00Z" };
}

/** Results of reading the payments: unreadable, none, the right one, and wrong ones. */
const PAYMENTS = {
  unread: null,
  none: [],
  right: [payment("12.0")],
  "another amount": [payment("11.99")],
  "another currency": [payment("12.00", "CHF")],
  "another and the right": [payment("1.00"), payment("12.00")],
} as const;
type PaymentsName = keyof typeof PAYMENTS;
const LINKS = [...PAYMENT_LINK_STATUSES, "something_new"] as const;
type LinkName = (typeof LINKS)[number];

function before(status: CheckoutStatus, changes: Partial<CheckoutBefore> = {}): CheckoutBefore {
  const rest = { isReusable: false, closedAt: null, supersededBy: null, paidLinkSeenAt: null };
  return { status, amount: AMOUNT, ...rest, ...changes };
}

function after(status: CheckoutStatus, link: string, payments: PaymentsName, changes: Partial<CheckoutBefore> = {}) {
  return nextStatus(before(status, changes), { status: link, paid: PAYMENTS[payments] }, NOW).status;
}

const same = (status: CheckoutStatus): Record<LinkName, CheckoutStatus> => ({
  open: status,
  processing: status,
  paid: status,
  expired: status,
  canceled: status,
  something_new: status,
});

/** A right payment makes the checkout paid, regardless of its link. */
const PAID = same("paid");
const NO_PAYMENT = {
  open: "open",
  processing: "processing",
  paid: "processing",
  expired: "expired",
  canceled: "canceled",
} as const;
const OTHER = { ...NO_PAYMENT, open: "processing", something_new: "processing" } as const;

/** The next status for each status, each result of the payments, and each status of the link. */
const TABLE: Readonly<Record<CheckoutStatus, Readonly<Record<PaymentsName, Record<LinkName, CheckoutStatus>>>>> = {
  open: {
    unread: { ...same("open"), processing: "processing", paid: "processing" },
    none: { ...NO_PAYMENT, something_new: "open" },
    right: PAID,
    "another amount": OTHER,
    "another currency": OTHER,
    "another and the right": PAID,
  },
  processing: {
    unread: same("processing"),
    none: { ...NO_PAYMENT, something_new: "processing" },
    right: PAID,
    "another amount": OTHER,
    "another currency": OTHER,
    "another and the right": PAID,
  },
  paid: {
    unread: PAID,
    none: PAID,
    right: PAID,
    "another amount": PAID,
    "another currency": PAID,
    "another and the right": PAID,
  },
  expired: ended("expired"),
  canceled: ended("canceled"),
};

function ended(status: CheckoutStatus) {
  const stays = same(status);
  return {
    unread: stays,
    none: stays,
    right: PAID,
    "another amount": stays,
    "another currency": stays,
    "another and the right": PAID,
  };
}

const ROWS = CHECKOUT_STATUSES.flatMap((status) =>
  (Object.keys(PAYMENTS) as PaymentsName[]).flatMap((payments) =>
    LINKS.map((link) => [status, link, payments, TABLE[status][payments][link]] as const),
  ),
);

describe("a checkout", () => {
  it.each(ROWS)(
    "that is %s, with a link that is %s and payments: %s, is then %s",
    (status, link, payments, expected) => {
      expect(after(status, link, payments)).toBe(expected);
    },
  );

  it.each(CHECKOUT_STATUSES)(
    "that is %s becomes paid when its link is paid without a payment for the second time",
    (status) => {
      const first = nextStatus(before(status), { status: "paid", paid: [] }, NOW);
      expect(first).toEqual({ status: status === "open" ? "processing" : status, isPaidByLinkOnly: true });
      expect(after(first.status, "paid", "none", { paidLinkSeenAt: NOW - 1 })).toBe("paid");
    },
  );

  it("is not confirmed by a paid payment with another amount", () => {
    expect(nextStatus(before("open"), { status: "paid", paid: PAYMENTS["another amount"] }, NOW)).toEqual({
      status: "processing",
      isPaidByLinkOnly: false,
    });
    expect(after("processing", "paid", "another amount", { paidLinkSeenAt: 1 })).toBe("processing");
  });

  it.each([
    ["possible", NOW - DAY + 1, "processing"],
    ["possible", NOW - DAY, "paid"],
    ["failed", NOW - DAY, "processing"],
    ["failed", NOW - 90 * DAY, "processing"],
    ["none", NOW - 1, "paid"],
    ["possible", null, "processing"],
  ] as const)(
    "whose link is paid beside unpaid payments (%s), since %s, is then %s",
    (unpaid, paidLinkSeenAt, expected) => {
      const checkout = before("processing", { paidLinkSeenAt });
      expect(nextStatus(checkout, { status: "paid", paid: [], unpaid }, NOW)).toEqual({
        status: expected,
        isPaidByLinkOnly: true,
      });
    },
  );

  it("keeps the recorded status of its link while its payments can't be read", () => {
    expect(nextStatus(before("processing"), { status: "paid", paid: null }, NOW).isPaidByLinkOnly).toBeNull();
  });

  it.each([
    [{ closedAt: 1 }, "expired"],
    [{ supersededBy: "co_2" }, "canceled"],
  ] as const)("that can no longer be paid (%j) and whose payment fails is %s", (changes, expected) => {
    expect(after("processing", "open", "none", changes)).toBe(expected);
    expect(after("processing", "canceled", "none", changes)).toBe(expected);
    expect(after("open", "canceled", "none", changes)).toBe(expected);
  });
});

describe("a reusable checkout", () => {
  it.each(["open", "processing", "paid", "something_new"])("stays open while its link is %s, paid or not", (link) => {
    for (const payments of Object.keys(PAYMENTS) as PaymentsName[]) {
      expect(after("open", link, payments, { isReusable: true })).toBe("open");
    }
  });

  it("ends with its link, once its payments were read", () => {
    expect(after("open", "expired", "right", { isReusable: true })).toBe("expired");
    expect(after("open", "canceled", "none", { isReusable: true })).toBe("canceled");
    expect(after("open", "canceled", "none", { isReusable: true, closedAt: 1 })).toBe("expired");
    expect(after("open", "canceled", "unread", { isReusable: true })).toBe("open");
  });
});

const anyPayment = fc
  .constantFrom("0.01", "11.99", "12", "12.00", "12.000", "not money")
  .chain((value) => fc.constantFrom("EUR", "CHF").map((currency) => payment(value, currency)));
const anyReading: fc.Arbitrary<LinkReading> = fc.record({
  status: fc.constantFrom<string>(...LINKS),
  paid: fc.option(fc.array(anyPayment, { maxLength: 3 })),
  unpaid: fc.constantFrom("none", "possible", "failed"),
});
const anyTerms = fc.record({
  isReusable: fc.boolean(),
  closedAt: fc.constantFrom(null, 1),
  supersededBy: fc.constantFrom(null, "co_2"),
});

/** Returns the statuses of a checkout that begins as open, after a series of reads. */
function* run(
  terms: Pick<CheckoutBefore, "isReusable" | "closedAt" | "supersededBy">,
  readings: readonly LinkReading[],
) {
  let checkout = before("open", terms);
  for (const reading of readings) {
    const { status, isPaidByLinkOnly } = nextStatus(checkout, reading, NOW);
    yield { from: checkout.status, to: status, reading };
    const seenAt = isPaidByLinkOnly === true ? (checkout.paidLinkSeenAt ?? NOW) : null;
    checkout = { ...checkout, status, paidLinkSeenAt: isPaidByLinkOnly === null ? checkout.paidLinkSeenAt : seenAt };
  }
}

const isRight = ({ amount }: Payment) => amount.currency === "EUR" && Number(amount.value) === 12;

describe("for any answers of Qonto, in any order", () => {
  it("a checkout never moves back: paid stays paid, and only a payment undoes an end", () => {
    fc.assert(
      fc.property(anyTerms, fc.array(anyReading, { maxLength: 8 }), (terms, readings) => {
        for (const { from, to } of run(terms, readings)) {
          if (from === "paid") expect(to).toBe("paid");
          if (isEnded(from)) expect([from, "paid"]).toContain(to);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("a checkout is paid exactly if the right payment was read, or a paid link without any payment after one without a paid payment", () => {
    fc.assert(
      fc.property(anyTerms, fc.array(anyReading, { maxLength: 8 }), (terms, readings) => {
        let isPaid = false;
        let wasUnconfirmed = false;
        for (const { to, reading } of run(terms, readings)) {
          const isUnconfirmed = reading.status === "paid" && reading.paid?.length === 0;
          const isConfirmed = isUnconfirmed && wasUnconfirmed && reading.unpaid === "none";
          isPaid ||= !terms.isReusable && (reading.paid?.some(isRight) === true || isConfirmed);
          if (reading.paid !== null) wasUnconfirmed = isUnconfirmed;
          expect(to === "paid").toBe(isPaid);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("an end is recorded only if the link has ended or can no longer be paid, and its payments were read", () => {
    fc.assert(
      fc.property(anyTerms, fc.array(anyReading, { maxLength: 8 }), (terms, readings) => {
        for (const { from, to, reading } of run(terms, readings)) {
          if (!isEnded(to) || to === "paid" || isEnded(from)) continue;
          expect(reading.paid).not.toBeNull();
          const hasEnded = reading.status === "expired" || reading.status === "canceled";
          expect(hasEnded || (reading.status === "open" && (terms.closedAt ?? terms.supersededBy) !== null)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the payments of a link that are not paid", () => {
  it.each([
    [[], "none"],
    [["paid"], "none"],
    [["failed", "canceled", "expired"], "failed"],
    [["failed", "pending"], "possible"],
    [["open"], "possible"],
    [["authorized"], "possible"],
    [["something_new"], "possible"],
  ] as const)("%j are: %s", (statuses, expected) => {
    expect(unpaidPayments(statuses.map((status) => ({ status })))).toBe(expected);
  });
});
