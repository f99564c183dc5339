import { type Intent, nameOfIntent } from "./purchase.ts";
import { isText, parsedJson } from "../api/untrusted-json.ts";

/**
 * One attempt to pay for one intent. It outlives the page, so that a retry, a reload or the back button gets the checkout
 * that it already has. It holds no pay URL: where to go is asked of the Worker at every click.
 */
export interface Attempt {
  readonly attempt_id: string;
  /** Unix time in ms after which another attempt may clear this one away. */
  readonly keep_until: number;
  /** Known once the Worker answered. */
  readonly checkout?: { readonly id: string; readonly status_token: string };
}

const PREFIX = "qonto-pay:";
const UNANSWERED_MS = 24 * 3600 * 1000;

/** What localStorage did not take: it can be blocked or full. Lives as long as the page. */
const notStored = new Map<string, string>();

/** The attempt of this intent that is not known to be over. */
export function recallAttempt(intent: Intent): Attempt | undefined {
  return parsed(read(PREFIX + nameOfIntent(intent)));
}

/** Begins an attempt and keeps it. */
export function beginAttempt(intent: Intent): Attempt {
  clearOutdated();
  // 128 random bits. randomUUID() would need a secure context, which a shop under development may not be.
  const attempt_id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const attempt = { attempt_id, keep_until: Date.now() + UNANSWERED_MS };
  keepAttempt(intent, attempt);
  return attempt;
}

export function keepAttempt(intent: Intent, attempt: Attempt): void {
  const name = PREFIX + nameOfIntent(intent);
  const text = JSON.stringify(attempt);
  try {
    localStorage.setItem(name, text);
    notStored.delete(name);
  } catch {
    notStored.set(name, text);
  }
}

/**
 * Another button, or another window, may have begun the next attempt meanwhile: that one is kept.
 *
 * @param over id of the attempt that is over, or of its checkout.
 */
export function forgetAttempt(intent: Intent, over: string): void {
  const attempt = recallAttempt(intent);
  if (over === attempt?.attempt_id || over === attempt?.checkout?.id) forget(PREFIX + nameOfIntent(intent));
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
    // Blocked: then it was never stored.
  }
}

/** Attempts that never came to an end must not fill the shop's storage. */
function clearOutdated(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX) && !((parsed(read(name))?.keep_until ?? 0) > Date.now())) forget(name);
    }
  } catch {
    // Blocked: nothing is stored.
  }
}

/** Anything in the page can write to its storage: only what could be ours is taken. */
function parsed(text: string | null | undefined): Attempt | undefined {
  // Most buttons have none, and a text that is no JSON is costly.
  const attempt = text ? (parsedJson(text) as Attempt | null | undefined) : undefined;
  return isText(attempt?.attempt_id, /^[\w-]{8,64}$/) ? attempt : undefined;
}
