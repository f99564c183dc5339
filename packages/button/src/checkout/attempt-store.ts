import { type Purchase, purchaseKey } from "./purchase.ts";
import { isText, parseJson } from "../api/untrusted-json.ts";

/**
 * One attempt to pay for one purchase. It outlives the page, so that a retry, a reload or the back button gets the same
 * checkout. It contains no pay URL: the button requests the pay URL from the Worker at every click.
 */
export interface Attempt {
  readonly attempt_id: string;
  /** Unix time in ms after which the next attempt may delete this one. */
  readonly keep_until: number;
  /** Set after the Worker's response. */
  readonly checkout?: { readonly id: string; readonly status_token: string };
}

const PREFIX = "qonto-pay:";
const UNANSWERED_ATTEMPT_LIFETIME_MS = 24 * 3600 * 1000;

/** Attempts that localStorage rejected because it is blocked or full. Kept for the lifetime of the page. */
const notStored = new Map<string, string>();

/** Returns the attempt of this purchase, unless it is known to have ended. */
export function getAttempt(purchase: Purchase): Attempt | undefined {
  return parsed(read(PREFIX + purchaseKey(purchase)));
}

/** Creates an attempt and saves it. */
export function createAttempt(purchase: Purchase): Attempt {
  clearOutdated();
  // 128 random bits. randomUUID() needs a secure context, which a shop under development may not have.
  const attempt_id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const attempt = { attempt_id, keep_until: Date.now() + UNANSWERED_ATTEMPT_LIFETIME_MS };
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

/** Deletes attempts that never ended, to keep the shop's storage from filling up. */
function clearOutdated(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && !((parsed(read(name))?.keep_until ?? 0) > Date.now())) forget(name);
    }
  } catch {
    // Blocked: nothing is stored.
  }
}

/** Returns an attempt from a stored text. Any script of the page can write to the storage, so the shape is checked. */
function parsed(text: string | null | undefined): Attempt | undefined {
  // Most buttons have no attempt, and parsing an invalid text is costly.
  const attempt = text ? (parseJson(text) as Attempt | null | undefined) : undefined;
  return isText(attempt?.attempt_id, /^[\w-]{8,64}$/) ? attempt : undefined;
}
