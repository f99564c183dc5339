import { expect } from "@open-wc/testing";
import { purchaseKey } from "../../src/checkout/purchase.ts";
import { QontoPayRedirectEvent } from "../../src/index.ts";
import { clickUntil, open, slow } from "../support/clicks.ts";
import { attemptIds, closeShops, eventsOf, openShop, payCalls, type Shop, until, WORKER } from "../support/page.ts";

/** The name of the lock and of the stored attempt of a purchase. */
function nameOf({ product }: Shop): string {
  const purchase = { endpoint: WORKER, publishable_key: "pk_sandbox_demo", product };
  return `qonto-pay:${purchaseKey(purchase)}`;
}

/** Holds the lock of a purchase, like another tab whose click is not answered yet. @returns a function that ends it. */
async function holdLock(name: string): Promise<() => void> {
  let release = (): void => {};
  await new Promise<void>((resolve) => {
    void navigator.locks.request(name, () => {
      resolve();
      return new Promise<void>((end) => {
        release = end;
      });
    });
  });
  return release;
}

const isLocked = async (name: string): Promise<boolean> =>
  (await navigator.locks.query()).held?.some((lock) => lock.name === name) === true;

const ofAnotherTab = { attempt_id: "of-another-tab", serial: 1 };

/** Replaces the locks of the page until the test ends. */
function setLocks(locks: unknown): void {
  Object.defineProperty(navigator, "locks", { configurable: true, value: locks });
}

const ownStorage = Object.getOwnPropertyDescriptor(window, "localStorage") as PropertyDescriptor;

/** Replaces the storage of the page until the test ends. */
function setStorage(get: () => unknown): void {
  Object.defineProperty(window, "localStorage", { configurable: true, get });
}

describe("a click in the same instant as a click in another tab", () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, "locks");
    Object.defineProperty(window, "localStorage", ownStorage);
    closeShops();
  });

  it("uses the attempt of the other tab, although its answer is pending and storage is slow", async () => {
    const shop = await openShop(open);
    const name = nameOf(shop);
    const release = await holdLock(name);
    shop.element.click();
    // A later task: other tabs see what a tab stores after some time.
    await new Promise((resolve) => setTimeout(resolve));
    localStorage.setItem(name, JSON.stringify(ofAnotherTab));
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
    release();
    expect(await attemptIds(shop.product)).to.deep.equal(["of-another-tab"]);
  });

  it("does not wait for a tab that stores no attempt", async () => {
    const shop = await openShop(open);
    const release = await holdLock(nameOf(shop));
    await clickUntil(shop, "idle");
    release();
    expect(await payCalls(shop.product)).to.have.length(1);
  });

  it("keeps other tabs waiting until it is answered, and no longer", async () => {
    const shop = await openShop(slow);
    const name = nameOf(shop);
    shop.element.click();
    // Granted after the click has ended. No look at a lock that is held for a moment: a busy machine could miss it.
    const stored = await navigator.locks.request(name, () => localStorage.getItem(name));
    expect(stored).to.include(`"checkout"`);
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
    // A page that holds a lock can't be kept for the back button.
    expect(await isLocked(name)).to.equal(false);
  });

  it("needs no lock if there is an attempt", async () => {
    const shop = await openShop(open);
    await clickUntil(shop, "idle");
    const release = await holdLock(nameOf(shop));
    await clickUntil(shop, "idle");
    release();
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });

  const refused = { request: () => Promise.reject(new DOMException("Access is denied.", "SecurityError")) };
  for (const [name, locks] of [
    ["a page without https, which has no locks", undefined],
    ["a browser that refuses locks", refused],
  ] as const) {
    it(`uses the attempt that was stored last, in ${name}`, async () => {
      const shop = await openShop(open);
      const stored = nameOf(shop);
      setLocks(locks);
      const storage = localStorage;
      setStorage(() => ({
        getItem: (key: string) => storage.getItem(key),
        // The other tab stores its attempt directly after this one.
        setItem: (key: string, text: string) => {
          storage.setItem(key, text);
          setStorage(() => storage);
          storage.setItem(stored, JSON.stringify(ofAnotherTab));
        },
      }));
      shop.element.click();
      await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
      expect(await attemptIds(shop.product)).to.deep.equal(["of-another-tab"]);
    });

    it(`sends one request if storage is blocked, too, in ${name}`, async () => {
      const shop = await openShop(open);
      setLocks(locks);
      setStorage(() => {
        throw new DOMException("Access is denied for this document.", "SecurityError");
      });
      await clickUntil(shop, "idle");
      await clickUntil(shop, "idle");
      expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
    });
  }
});
