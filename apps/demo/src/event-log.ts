import type { CheckoutStatus } from "./button-contract.ts";
import { formatMoney } from "./format-money.ts";
import type { PageStorage } from "./page-storage.ts";
import { required } from "./required.ts";

/** One line of the log: the event, its data, and an explanation. */
interface LogEntry {
  readonly time: string;
  readonly event: string;
  readonly detail: string;
  readonly meaning: string;
}

const STORED_AS = "atelier-brume.event-log";
const KEPT_ENTRIES = 40;

const STATUS_MEANINGS: Readonly<Record<CheckoutStatus, string>> = {
  open: "The button knows its payment link and watches it, without a reload.",
  processing: "The shopper has paid. The bank's confirmation is pending.",
  paid: "Qonto confirmed the payment to the Worker, and the Worker notified the shop.",
  expired: "The payment link was not used in time. The next click gets a new one.",
  canceled: "The payment link was canceled. The next click gets a new one.",
};

/**
 * Shows every event of every button of the page, newest first. The log is stored for the visit, because paying leaves
 * the page.
 */
export function eventLog(root: HTMLElement, lastEvent: HTMLElement, storage: PageStorage): void {
  const list = required(root, ".log-list", HTMLElement);
  const empty = required(root, ".log-empty", HTMLElement);
  const clear = required(root, ".log-clear", HTMLButtonElement);

  const show = (entries: readonly LogEntry[]) => {
    list.replaceChildren(...entries.map(line));
    list.hidden = entries.length === 0;
    empty.hidden = entries.length > 0;
    clear.hidden = entries.length === 0;
    lastEvent.textContent = entries[0] === undefined ? "" : `${entries[0].event} ${entries[0].detail}`;
  };
  const keep = (entries: readonly LogEntry[]) => {
    storage.write(STORED_AS, JSON.stringify(entries));
    show(entries);
  };
  const add = (event: Event, detail: string, meaning: string) => {
    const product = event.target instanceof Element ? (event.target.getAttribute("product") ?? "") : "";
    const time = new Date().toTimeString().slice(0, 8);
    const entry: LogEntry = { time, event: event.type, detail: `${product} ${detail}`.trim(), meaning };
    keep([entry, ...parseEntries(storage.read(STORED_AS))].slice(0, KEPT_ENTRIES));
  };

  document.addEventListener("qonto-pay-start", (event) => {
    add(event, "", "A click. The button requests a payment link from the Worker, which sets the price.");
  });
  document.addEventListener("qonto-pay-change", (event) => {
    const chosen = event.amount === undefined ? `quantity ${event.quantity}` : `amount ${event.amount}`;
    add(event, chosen, "The shopper chose. The button shows the price of this choice.");
  });
  document.addEventListener("qonto-pay-redirect", (event) => {
    add(event, new URL(event.url).host, "The payment link is ready. The shopper goes to the pay page.");
  });
  document.addEventListener("qonto-pay-status", (event) => {
    const { status, amount } = event.report;
    add(event, `${status} ${formatMoney(amount)}`, STATUS_MEANINGS[status]);
  });
  document.addEventListener("qonto-pay-error", (event) => add(event, event.code, event.message));
  clear.addEventListener("click", () => keep([]));
  show(parseEntries(storage.read(STORED_AS)));
}

function line(entry: LogEntry): HTMLElement {
  const item = document.createElement("li");
  const time = document.createElement("time");
  const head = document.createElement("code");
  const meaning = document.createElement("span");
  time.textContent = entry.time;
  head.textContent = `${entry.event} ${entry.detail}`;
  meaning.textContent = entry.meaning;
  item.append(time, head, meaning);
  return item;
}

function parseEntries(text: string | null): readonly LogEntry[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter(isEntry).slice(0, KEPT_ENTRIES) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is LogEntry {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return ["time", "event", "detail", "meaning"].every((field) => typeof fields[field] === "string");
}
