import type { Erased, EraseRequest } from "@qonto-pay/core/api";
import { logErasure } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { LATE_PAYMENT_MS } from "../storage/checkout-expiry.ts";
import type { ErasedCheckout, FoundPerson } from "../storage/erasure.ts";
import { withoutPayer, withoutPersonalData } from "./personal-data.ts";

/** Checkouts that one call erases. */
const MOST_ERASED = 100;

/** Answers that are decrypted at a time. */
const ANSWERS = 20;

/** What one call erases. */
interface Target {
  readonly checkouts: ReadonlyMap<string, ErasedCheckout>;
  /** Payments for checkouts that any number of people may pay. */
  readonly payments: readonly string[];
  /** Null for a reference. */
  readonly payer: string | null;
}

/**
 * Erases the data of a person. A checkout with a payment, or one that may still get a late one, keeps its ids, amounts,
 * times and references. The others are deleted. Events and stored answers lose the same fields. A checkout that can
 * still be paid stays, and is named. If the object dies before the end, the repeated call finds what is left, because
 * checkouts are erased last.
 */
export async function erasePerson(merchant: MerchantContext, request: EraseRequest): Promise<Erased> {
  const found = await find(merchant, request);
  const described = describe(merchant, found.checkouts);
  const open = described.filter(({ fate }) => fate === "open");
  const closed = described.filter(({ fate }) => fate !== "open");
  const target: Target = {
    checkouts: new Map(closed.slice(0, MOST_ERASED).map((one) => [one.id, one])),
    payments: found.payments,
    payer: request.payer ?? null,
  };
  const next = await eraseEvents(merchant, target);
  await eraseAnswers(merchant, target);
  const erased = merchant.transaction(() => eraseCheckouts(merchant, target, next));
  logErasure(merchant.name, { ...erased, payments: found.payments.length });
  const has_more = closed.length > MOST_ERASED || found.next !== null;
  return { ...erased, open: open.slice(0, MOST_ERASED).map(({ id }) => id), has_more };
}

function describe({ erasure }: MerchantContext, ids: readonly string[]): readonly ErasedCheckout[] {
  return erasure.describe(ids, Date.now() - LATE_PAYMENT_MS);
}

/** @returns `next`: not null if more may be found by a further call. */
async function find({ erasure }: MerchantContext, { reference, payer = "" }: EraseRequest): Promise<FoundPerson> {
  if (reference !== undefined) {
    const most = 2 * MOST_ERASED;
    const ids = erasure.checkoutsOfReference(reference, most);
    return { checkouts: [...new Set(ids)], payments: [], next: ids.length === most ? reference : null };
  }
  const checkouts = new Set<string>();
  const payments: string[] = [];
  for (const search of [erasure.paymentsWith.bind(erasure), erasure.checkoutsWith.bind(erasure)]) {
    for (let next: string | null = ""; next !== null; await othersFirst()) {
      const part = search(payer, next);
      for (const id of part.checkouts) checkouts.add(id);
      payments.push(...part.payments);
      next = part.next;
    }
  }
  return { checkouts: [...checkouts], payments, next: null };
}

/** @returns the number of the next event. */
async function eraseEvents(merchant: MerchantContext, target: Target): Promise<number> {
  if (target.checkouts.size === 0 && target.payer === null) return 0;
  for (let from = 0; ; await othersFirst()) {
    const next = eraseSomeEvents(merchant, target, from);
    if (next === null) return from;
    from = next;
  }
}

/** @returns the number with which the next events begin; null: there are none. */
function eraseSomeEvents({ erasure }: MerchantContext, target: Target, from: number): number | null {
  const { checkouts, payer } = target;
  const { events, next } = erasure.eventsOf({ checkouts: [...checkouts.keys()], payer }, from);
  for (const { number, data, checkoutId } of events) {
    const checkout = checkouts.get(checkoutId ?? "");
    const value: unknown = JSON.parse(data);
    const cleaned = checkout === undefined ? withoutPayer(value, payer ?? "") : withoutFate(value, [checkout]);
    erasure.replaceEvent(number, JSON.stringify(cleaned));
  }
  return next;
}

function withoutFate(value: unknown, checkouts: readonly ErasedCheckout[]): unknown {
  return withoutPersonalData(
    value,
    checkouts.every(({ fate }) => fate === "kept"),
  );
}

/** Stored answers are kept for a day, encrypted. A repeated call gets the answer without the personal data. */
async function eraseAnswers(merchant: MerchantContext, { checkouts, payments, payer }: Target): Promise<void> {
  const { erasure, vault, idempotencyKeys } = merchant;
  const isNothing = checkouts.size === 0 && payments.length === 0;
  for (let key: string | undefined = isNothing ? undefined : ""; key !== undefined; ) {
    const answers = erasure.answersAfter(key, ANSWERS);
    for (const { key: one, sealedAnswer } of answers) {
      const text = await vault.decrypt("answer", sealedAnswer);
      const named = [...checkouts.values()].filter(({ id }) => text.includes(id));
      if (named.length === 0 && !payments.some((id) => text.includes(id))) continue;
      const value: unknown = JSON.parse(text);
      const cleaned = named.length === 0 ? withoutPayer(value, payer ?? "") : withoutFate(value, named);
      idempotencyKeys.recordAnswer(one, await vault.encrypt("answer", JSON.stringify(cleaned)));
    }
    key = answers.at(-1)?.key;
  }
}

/**
 * Erases the checkouts as they are now: meanwhile, one may have been paid. Erases the events that were recorded
 * meanwhile.
 */
function eraseCheckouts(
  merchant: MerchantContext,
  target: Target,
  nextEvent: number,
): { readonly deleted: number; readonly pseudonymized: number } {
  const { erasure, checkoutExpiry, settings } = merchant;
  const current = describe(merchant, [...target.checkouts.keys()]).filter(({ fate }) => fate !== "open");
  for (let from: number | null = nextEvent; from !== null; ) from = eraseSomeEvents(merchant, target, from);
  const idsOf = (which: ErasedCheckout["fate"]) => current.filter(({ fate }) => fate === which).map(({ id }) => id);
  const [kept, deleted] = [idsOf("kept"), idsOf("deleted")];
  erasure.pseudonymize(kept, Date.now());
  erasure.pseudonymizePayments(target.payments);
  checkoutExpiry.delete(deleted);
  // Another restoration of the same export would bring back what was erased.
  settings.remove("restored_export");
  return { deleted: deleted.length, pseudonymized: kept.length };
}

/** Lets calls of shoppers that have arrived meanwhile run first. */
function othersFirst(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
