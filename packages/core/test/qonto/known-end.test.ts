import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knownEnd } from "../../src/qonto/index.ts";
import { paymentLinkSchema } from "../../src/qonto/index.schema.ts";

const LINK = {
  id: "link-1",
  status: "open",
  potential_payment_methods: ["credit_card"],
  amount: { value: "12.00", currency: "EUR" },
  resource_type: "Basket",
  reusable: false,
  created_at: "2026-11-29T09:00:00Z",
  url: "https://pay.qonto.com/payment-links/1",
};

const NO_ENDS = [
  "0001-01-01T00:00:00Z",
  "0000-00-00T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "1970-01-01T00:00:00Z",
  "1970-01-01",
  "",
  "none",
  "soon 1",
  "7",
  "2026-13-45T00:00:00Z",
  null,
  undefined,
] as const;

describe("an end", () => {
  it.each(NO_ENDS)("%s is not a known end", (date) => {
    expect(knownEnd(date)).toBeNull();
  });

  it.each(["2026-12-01T09:00:00.000Z", "2026-12-01T10:00:00+01:00", "2027-01-01", "1970-01-01T00:00:00.001Z"])(
    "%s is known",
    (date) => {
      expect(knownEnd(date)).toBe(Date.parse(date));
    },
  );

  it("is a time after 1970-01-01, or null, for any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.date().map(String), fc.stringMatching(/^\d{4}-\d\d-\d\d.{0,12}$/)),
        (text) => {
          const end = knownEnd(text);
          expect(end === null || (Number.isFinite(end) && end > 0)).toBe(true);
        },
      ),
    );
  });

  it("is kept for every date after 1970-01-01 that is written as ISO 8601", () => {
    const dates = fc.date({ min: new Date(1), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(knownEnd(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});

describe("an end with the time of the creation", () => {
  const CREATED = "2026-11-29T09:00:00Z";

  it.each(["2020-01-01T00:00:00Z", "2026-11-29T08:59:59.999Z"])("%s is no known end", (date) => {
    expect(knownEnd(date, CREATED)).toBeNull();
  });

  it.each([CREATED, "2026-11-29T09:00:00.001Z", "2026-11-29T10:00:01+01:00"])("%s is known", (date) => {
    expect(knownEnd(date, CREATED)).toBe(Date.parse(date));
  });

  it.each(["", "yesterday", "0001-01-01T00:00:00Z"])("is judged alone if the creation is %j", (created) => {
    expect(knownEnd("2020-01-01T00:00:00Z", created)).toBe(Date.parse("2020-01-01T00:00:00Z"));
  });
});

describe("a payment link as it is read from Qonto", () => {
  it.each(NO_ENDS)("has null for the expiration date %s", (expiration_date) => {
    expect(paymentLinkSchema.parse({ ...LINK, expiration_date }).expiration_date).toBeNull();
  });

  it.each([0, 1_798_000_000, true, { date: "2027-01-01" }, ["2027-01-01"], "2020-01-01T00:00:00Z"])(
    "has null for the expiration date %j, which is no date after its creation",
    (expiration_date) => {
      expect(paymentLinkSchema.parse({ ...LINK, expiration_date }).expiration_date).toBeNull();
    },
  );

  it("has null where there is no expiration date at all", () => {
    expect(paymentLinkSchema.parse(LINK)).toMatchObject({ expiration_date: null });
  });

  it("keeps a real end as Qonto wrote it", () => {
    const expiration_date = "2026-12-01T10:00:00+01:00";
    expect(paymentLinkSchema.parse({ ...LINK, expiration_date })).toMatchObject({ expiration_date });
  });
});
