import { expect } from "@open-wc/testing";
import { QontoPayRedirectEvent } from "../src/index.ts";
import {
  attemptIds,
  checkout,
  closeShops,
  eventsOf,
  mount,
  openShop,
  push,
  report,
  type Shop,
  until,
  untilState,
} from "./support/page.ts";
import { clickUntil, open } from "./support/clicks.ts";

const DAY_MS = 24 * 3600 * 1000;
const noAnswer = () => ({ checkouts: [{ drop: true }] });

async function payTwice(shop: Shop): Promise<readonly string[]> {
  for (const times of [1, 2]) {
    shop.element.click();
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === times);
    await untilState(shop, "idle");
  }
  return attemptIds(shop.product);
}

function fillStorage(): void {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try {
      for (let part = 0; part < 4; part += 1) localStorage.setItem(`full-${size}-${part}`, "x".repeat(size));
    } catch {
      // An item of this size no longer fits.
    }
  }
  expect(() => localStorage.setItem("one-more", "x".repeat(64))).to.throw();
}

const storedNames = (): string[] => Object.keys(localStorage).filter((name) => name.startsWith("qonto-pay:"));

describe("a stored attempt", () => {
  afterEach(closeShops);

  it("contains no pay URL", async () => {
    const shop = await openShop(open);
    await payTwice(shop);
    const [name = ""] = storedNames();
    expect(localStorage.getItem(name)).to.include(shop.product).and.not.include("/pay/");
  });

  it("lives as long as the page if storage is blocked", async () => {
    const own = Object.getOwnPropertyDescriptor(window, "localStorage") as PropertyDescriptor;
    Object.defineProperty(window, "localStorage", {
      configurable: true,
      get: () => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      },
    });
    try {
      const shop = await openShop(open);
      expect(new Set(await payTwice(shop)).size).to.equal(1);
      shop.element.remove();
      const again = await mount(shop.product);
      expect(new Set(await payTwice(again)).size).to.equal(1);
    } finally {
      Object.defineProperty(window, "localStorage", own);
    }
  });

  it("lives as long as the page if storage is full", async () => {
    fillStorage();
    const shop = await openShop(open);
    expect(new Set(await payTwice(shop)).size).to.equal(1);
    expect(storedNames()).to.have.length(0);
  });

  it("moves to localStorage when there is space again", async () => {
    fillStorage();
    const shop = await openShop((product) => ({
      checkouts: [{ body: checkout(product), delay_ms: 200 }],
      statuses: [report(product, "open")],
    }));
    shop.element.click();
    await untilState(shop, "busy");
    localStorage.clear();
    await until(() => shop.events.some(({ type }) => type === "qonto-pay-status"));
    expect(storedNames()).to.have.length(1);
  });

  for (const text of [
    "",
    "null",
    "7",
    "[]",
    "{",
    "{}",
    `{"attempt_id":7}`,
    `{"attempt_id":"short"}`,
    `{"attempt_id":"<script>alert(1)</script>"}`,
    `{"attempt_id":{"length":16}}`,
  ]) {
    it(`is ignored if its text is ${JSON.stringify(text)}`, async () => {
      const shop = await openShop(open);
      await payTwice(shop);
      const [name = ""] = storedNames();
      localStorage.setItem(name, text);
      const ids = await payTwice(await mount(shop.product));
      expect(ids).to.have.length(4);
      expect(ids[2]).to.match(/^[A-Za-z0-9_-]{8,64}$/);
      expect(new Set(ids).size).to.equal(2);
    });
  }

  it("of an order is kept after its link has expired, so that the shopper can't pay twice", async () => {
    const expires_at = new Date(Date.now() - 1000).toISOString();
    const shop = await openShop(
      (product) => ({
        checkouts: [{ body: { ...checkout(product, "paid"), expires_at } }],
        statuses: [report(product, "paid")],
      }),
      { reference: "AB-1" },
    );
    shop.element.click();
    await untilState(shop, "paid");
    shop.element.remove();
    await payTwice(await openShop(open));
    await untilState(await mount(shop.product, { reference: "AB-1" }), "paid");
  });

  for (const expires_at of ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z", "soon 1", null]) {
    it(`is kept with expires_at ${expires_at}, so that the shopper gets the same link`, async () => {
      const shop = await openShop((product) => ({
        checkouts: [{ status: 201, body: { ...checkout(product), expires_at } }],
      }));
      await payTwice(shop);
      // Another purchase deletes outdated attempts.
      await payTwice(await openShop(open));
      expect(new Set(await payTwice(await mount(shop.product))).size).to.equal(1);
    });
  }

  it("is not deleted when an earlier attempt for the same purchase ends late", async () => {
    const shop = await openShop((product) => ({ ...open(product), statuses: [report(product, "open")] }));
    shop.element.click();
    await untilState(shop, "waiting");
    const [name = ""] = storedNames();
    const inAnotherWindow = { attempt_id: "of-another-window", checkout: { id: "co_2", status_token: "t" } };
    localStorage.setItem(name, JSON.stringify({ ...inAnotherWindow, serial: 2 }));
    await push(shop.product, "canceled");
    await untilState(shop, "idle");
    expect(localStorage.getItem(name)).to.include("of-another-window");
  });

  for (const [name, ms] of [
    ["31 days ahead", 31 * DAY_MS],
    ["31 days behind", -31 * DAY_MS],
    ["ten years ahead", 3650 * DAY_MS],
    ["forty years behind", -40 * 365 * DAY_MS],
  ] as const) {
    for (const [what, answers] of [
      ["an answered attempt", open],
      ["an attempt without an answer", noAnswer],
    ] as const) {
      it(`${what} is kept when the clock of the device is set ${name}`, async () => {
        const shop = await openShop(answers);
        await clickUntil(shop, answers === open ? "idle" : "error");
        const own = Date.now.bind(Date);
        Date.now = () => own() + ms;
        try {
          // The attempt of another purchase removes what is not kept.
          await clickUntil(await openShop(open), "idle");
          await clickUntil(shop, answers === open ? "idle" : "error");
          expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
        } finally {
          Date.now = own;
        }
      });

      it(`${what} is kept if the clock of the device was ${name}`, async () => {
        const shop = await openShop(answers);
        const own = Date.now.bind(Date);
        Date.now = () => own() + ms;
        try {
          await clickUntil(shop, answers === open ? "idle" : "error");
        } finally {
          Date.now = own;
        }
        await clickUntil(await openShop(open), "idle");
        await clickUntil(shop, answers === open ? "idle" : "error");
        expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
      });
    }
  }

  it("is deleted after 100 later ones, and other entries are kept", async () => {
    localStorage.setItem("of-the-shop", "kept");
    localStorage.setItem("qonto-pay:broken", "{");
    for (let serial = 1; serial <= 100; serial += 1) {
      localStorage.setItem(`qonto-pay:${serial}`, JSON.stringify({ attempt_id: "12345678", serial }));
    }
    await payTwice(await openShop(open));
    expect(localStorage.getItem("of-the-shop")).to.equal("kept");
    expect(storedNames()).to.have.length(100);
    expect(storedNames()).to.include("qonto-pay:2").and.include("qonto-pay:100").and.not.include("qonto-pay:1");
    expect(storedNames()).to.not.include("qonto-pay:broken");
  });

  for (const serial of [undefined, null, "1", -1, 1e308, { valueOf: 1 }]) {
    it(`is used if its serial number is ${JSON.stringify(serial)}`, async () => {
      const shop = await openShop(open);
      await payTwice(shop);
      const [name = ""] = storedNames();
      localStorage.setItem(name, JSON.stringify({ attempt_id: "of-the-page", serial }));
      await clickUntil(shop, "idle");
      expect((await attemptIds(shop.product)).at(-1)).to.equal("of-the-page");
      await payTwice(await openShop(open));
      expect(storedNames()).to.include(name);
    });
  }
});
