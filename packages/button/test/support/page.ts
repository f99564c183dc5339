import type { CheckoutCreated, CheckoutStatus } from "@qonto-pay/core/api";
import "../../src/define.ts";
import type { QontoPayButton } from "../../src/index.ts";
import { checkoutAt, report } from "./answers.ts";
import type { Journal, Recorded, Script } from "./scripted-worker.ts";

export { price, report, workerError } from "./answers.ts";

/** Origin of the stand-in for the Worker, which is not the origin of this page. */
export const WORKER = document.querySelector<HTMLMetaElement>("meta[name=worker]")?.content ?? "";

/** Whether the browser engine is WebKit. */
export const IS_WEBKIT = /AppleWebKit(?!.*Chrome)/.test(navigator.userAgent);

/** A shop with one button and its own product. Redirects are recorded, and canceled unless `leaves` is set. */
export interface Shop {
  readonly element: QontoPayButton;
  readonly product: string;
  readonly events: Event[];
  /** Whether the button may navigate to the pay page. */
  leaves: boolean;
}

/** Opens a shop whose Worker answers as scripted. `script` gets the product's name, which is also the checkout's id. */
export async function openShop(
  script: (product: string) => Script,
  attributes: Readonly<Record<string, string>> = {},
  children = "",
): Promise<Shop> {
  const product = newProduct();
  await setScript(product, script(product));
  return mount(product, attributes, children);
}

/** Adds another button, as after a reload of the shop's page. */
export async function mount(
  product: string,
  attributes: Readonly<Record<string, string>> = {},
  children = "",
): Promise<Shop> {
  const element = document.createElement("qonto-pay-button");
  const given = { endpoint: WORKER, "publishable-key": "pk_sandbox_demo", product, ...attributes };
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
  element.innerHTML = children;
  const events: Event[] = [];
  const shop: Shop = { element, product, events, leaves: false };
  for (const type of ["start", "change", "redirect", "status", "error"]) {
    element.addEventListener(`qonto-pay-${type}`, (event) => {
      events.push(event);
      if (type === "redirect" && !shop.leaves) event.preventDefault();
    });
  }
  document.body.append(element);
  await element.updateComplete;
  return shop;
}

/** Removes all buttons of the page and their stored attempts. */
export function closeShops(): void {
  for (const element of document.querySelectorAll("qonto-pay-button")) element.remove();
  localStorage.clear();
}

export function newProduct(): string {
  return `product-${crypto.randomUUID()}`;
}

export async function setScript(product: string, script: Script): Promise<void> {
  await fetch(`${WORKER}/_script/${product}`, { method: "PUT", body: JSON.stringify(script) });
}

/** Waits for a status stream, and sends a status to all streams. */
export async function push(product: string, status: CheckoutStatus): Promise<void> {
  await until(async () => (await journal(product)).open_streams > 0);
  await fetch(`${WORKER}/_push/${product}`, { method: "POST", body: JSON.stringify(report(product, status)) });
}

/** Ends the status streams, as when a new version of the Worker is deployed. */
export async function closeStreams(product: string): Promise<void> {
  await fetch(`${WORKER}/_close/${product}`, { method: "POST" });
}

/** Sends a heartbeat, as the Worker does every 20 seconds. */
export async function beat(product: string): Promise<void> {
  await until(async () => (await journal(product)).open_streams > 0);
  await fetch(`${WORKER}/_beat/${product}`, { method: "POST" });
}

/** A second address of the Worker, which can be made unavailable. */
export class MortalWorker {
  #port = 0;

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts listening, at the previous address if there was one. */
  async live(): Promise<void> {
    const answer = await fetch(`${WORKER}/_live/${this.#port}`, { method: "POST" });
    this.#port = ((await answer.json()) as { port: number }).port;
  }

  /** Drops its connections and refuses new ones. */
  async die(): Promise<void> {
    await fetch(`${WORKER}/_die/${this.#port}`, { method: "POST" });
  }
}

/**
 * Makes the timers of a page run `factor` times as fast, until the returned function is called. `waits` receives their
 * original delays in ms. Timers of less than `from` ms are not changed.
 */
export function hurry(page: Window & typeof globalThis, factor: number, waits: number[] = [], from = 0): () => void {
  const own = page.setTimeout;
  const inPage = own.bind(page);
  page.setTimeout = ((callback: () => void, ms = 0) => {
    if (ms >= from) waits.push(ms);
    return inPage(callback, ms >= from ? ms / factor : ms);
  }) as typeof setTimeout;
  return () => {
    page.setTimeout = own;
  };
}

export async function journal(product: string): Promise<Journal> {
  return (await (await fetch(`${WORKER}/_journal/${product}`)).json()) as Journal;
}

/** Returns the requests of the button to `POST /v1/checkouts`, oldest first. */
export async function payCalls(product: string): Promise<readonly Recorded[]> {
  return (await journal(product)).requests.filter(({ url }) => url === "/v1/checkouts");
}

/** Returns the requested addresses of the pay page. */
export async function pageVisits(product: string): Promise<readonly string[]> {
  return (await journal(product)).requests.map(({ url }) => url).filter((url) => url.startsWith("/pay/"));
}

export async function attemptIds(product: string): Promise<readonly string[]> {
  return (await payCalls(product)).map(({ body }) => (JSON.parse(body) as { attempt_id: string }).attempt_id);
}

export function checkout(id: string, status: CheckoutStatus = "open", url = `${WORKER}/pay/${id}`): CheckoutCreated {
  return checkoutAt(url, id, status);
}

/** Returns an offer. The stand-in for the Worker reads the product from its reference and ignores the signature. */
export function offerOf(reference: string, claims: object = {}): string {
  const payload = btoa(JSON.stringify({ checkout: { reference }, ...claims }));
  return `e30.${payload.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}.c2ln`;
}

/** Returns what the shopper sees and what a screen reader announces. */
export function look({ element }: Shop) {
  const find = (selector: string): HTMLElement => {
    const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
    if (found == null) throw new Error(`There is no ${selector}.`);
    return found;
  };
  const button = find("button") as HTMLButtonElement;
  return {
    button,
    state: button.part.item(1),
    label: find("slot").textContent,
    amount: element.shadowRoot?.querySelector("[part=amount]")?.textContent ?? "",
    message: find("[role=alert]").textContent,
    isCodeShown: (element.shadowRoot?.querySelector("[part=code]")?.getClientRects().length ?? 0) > 0,
    hint: find("[part=hint]").className === "shown" ? find("[part=hint]").textContent : "",
    spoken: find("[role=status]").textContent,
  };
}

/** Resolves as soon as the condition holds. The timeout of the test limits the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

export async function untilState(shop: Shop, state: string): Promise<void> {
  await until(async () => {
    await shop.element.updateComplete;
    return look(shop).state === state;
  });
}

export function eventsOf<Type extends Event>(shop: Shop, type: abstract new (...args: never) => Type): Type[] {
  return shop.events.filter((event): event is Type => event instanceof type);
}

/** Hides the page, as behind another tab, until the returned function is called. */
export function hidePage(): () => void {
  const change = () => document.dispatchEvent(new Event("visibilitychange"));
  Object.defineProperty(document, "hidden", { configurable: true, value: true });
  change();
  return () => {
    Reflect.deleteProperty(document, "hidden");
    change();
  };
}
