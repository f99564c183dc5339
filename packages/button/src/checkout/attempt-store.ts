import { type Purchase, purchaseKey } from "./purchase.ts";
import { isText, parseJson } from "../api/untrusted-json.ts";

/**
 * One attempt to pay for one purchase. It outlives the page, so that a retry, a reload or the back button gets the same
 * checkout. It contains no pay URL: the button requests the pay URL from the Worker at every click.
 */
export interface Attempt {
  readonly attempt_id: string;
  /** Counts the attempts of this browser. The clock of a device may be wrong by years, so attempts have no date. */
  readonly serial: number;
  /** Set after the Worker's response. */
  readonly checkout?: { readonly id: string; readonly status_token: string };
}

const PREFIX = "qonto-pay:";
/** A shopper who returns to a paid order sees "Paid" and can't pay it twice, unless this many attempts followed. */
const MAX_ATTEMPTS = 100;

/** Attempts that localStorage rejected because it is blocked or full. Kept for the lifetime of the page. */
const notStored = new Map<string, string>();

/** Returns the attempt of this purchase, unless it is known to have ended. */
export function getAttempt(purchase: Purchase, key = purchaseKey(purchase)): Attempt | undefined {
  return parsed(read(PREFIX + key));
}

/** The interval and the number of checks for the attempt of another tab: storage is slower than locks. */
const LOOK_INTERVAL_MS = 10;
const MAX_LOOKS = 50;

/**
 * Calls `send` with the attempt of this purchase, or with a new one. Tabs that are clicked in the same instant share
 * it: until the answer, the first tab holds a lock, and the others wait until they see the attempt that it stored.
 * Without locks (http, blocked), the attempt that was stored last counts.
 *
 * @param send must not reject.
 */
export async function withAttempt<T>(purchase: Purchase, send: (attempt: Attempt) => Promise<T>): Promise<T> {
  const known = getAttempt(purchase);
  if (known !== undefined) return send(known);
  try {
    const name = PREFIX + purchaseKey(purchase);
    return await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      for (let looks = lock === null ? MAX_LOOKS : 0; looks > 0 && !getAttempt(purchase); looks -= 1) await pause();
      return send(getAttempt(purchase) ?? createAttempt(purchase));
    });
  } catch {
    const own = getAttempt(purchase) ?? createAttempt(purchase);
    await pause();
    return send(getAttempt(purchase) ?? own);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
}

/** Creates an attempt and saves it. */
function createAttempt(purchase: Purchase): Attempt {
  // 128 random bits. randomUUID() needs a secure context, which a shop under development may not have.
  const attempt_id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const attempt = { attempt_id, serial: makeRoom() };
  saveAttempt(purchase, attempt);
  return attempt;
}

export function saveAttempt(purchase: Purchase, attempt: Attempt): void {
  const name = PREFIX + purchaseKey(purchase);
  const text = JSON.stringify(attempt);
  try {
    localStorage.setItem(name, text);
    notStored.delete(name);
  } catch {
    notStored.set(name, text);
  }
}

/**
 * Deletes an attempt that has ended. A later attempt, which another button or window may have created, is kept.
 *
 * @param over id of the attempt that has ended, or of its checkout.
 */
export function deleteAttempt(purchase: Purchase, over: string): void {
  const attempt = getAttempt(purchase);
  if (over === attempt?.attempt_id || over === attempt?.checkout?.id) forget(PREFIX + purchaseKey(purchase));
}

function read(name: string): string | null | undefined {
  try {
    return notStored.get(name) ?? localStorage.getItem(name);
  } catch {
    return undefined;
  }
}

function forget(name: string): void {
  notStored.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // Blocked: the attempt was never stored.
  }
}

/**
 * Deletes the oldest attempts, to keep the shop's storage from filling up.
 *
 * @returns the serial number of the next attempt.
 */
function makeRoom(): number {
  let next = 1;
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    for (const name of names) next = Math.max(next, serialOf(name) + 1);
    for (const name of names) if (serialOf(name) <= next - MAX_ATTEMPTS) forget(name);
  } catch {
    // Blocked: nothing is stored.
  }
  return next;
}

/** Returns the serial number of a stored attempt. 0 if the text is invalid. */
function serialOf(name: string): number {
  const serial = parsed(read(name))?.serial;
  return Number.isSafeInteger(serial) ? (serial as number) : 0;
}

/** Returns an attempt from a stored text. Any script of the page can write to the storage, so the shape is checked. */
function parsed(text: string | null | undefined): Attempt | undefined {
  // Most buttons have no attempt, and parsing an invalid text is costly.
  const attempt = text ? (parseJson(text) as Attempt | null | undefined) : undefined;
  return isText(attempt?.attempt_id, /^[\w-]{8,64}$/) ? attempt : undefined;
}
