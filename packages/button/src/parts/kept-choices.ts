import type { Chosen } from "./choice-tools.ts";
import type { PartHost } from "./part-tools.ts";

/** As long as an answered click waits for a button that states its purchase. */
const KEPT_MS = 2_000;

/** What the same HTML has in common. */
const ATTRIBUTES = ["endpoint", "publishable-key", "product", "reference", "amounts", "amount", "quantity"];

/** Choices of buttons that were removed, by the attributes of the button. */
const kept = new Map<string, Chosen>();

/**
 * Keeps the choice of a button that is removed: a page may be about to render the same HTML again. Without it, the
 * shopper would see another amount than the chosen one, and a click on the removed button would find no successor.
 */
export function keepChoice(host: PartHost, chosen: Chosen | undefined): void {
  if (chosen === undefined) return;
  const key = keyOf(host);
  kept.set(key, chosen);
  setTimeout(() => kept.get(key) === chosen && kept.delete(key), KEPT_MS);
}

/** Returns the choice of a removed button with the same attributes, once. Undefined if the page has set another one. */
export function takeChoice(host: PartHost): Chosen | undefined {
  const chosen = kept.get(keyOf(host));
  forgetChoice(host);
  const isSet =
    (host.amount ?? null) !== host.getAttribute("amount") ||
    (host.quantity ?? 1) !== Number(host.getAttribute("quantity") ?? 1);
  return isSet ? undefined : chosen;
}

/** Forgets the choice of a button that is in the page again, after it was moved. */
export function forgetChoice(host: PartHost): void {
  kept.delete(keyOf(host));
}

function keyOf(host: PartHost): string {
  return JSON.stringify(ATTRIBUTES.map((name) => host.getAttribute(name)));
}
