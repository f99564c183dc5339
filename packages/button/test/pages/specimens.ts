import type { Page } from "playwright-core";
import { checkoutAt, price, report, workerError } from "../support/answers.ts";
import type { Script } from "../support/scripted-worker.ts";
import type { Stage } from "./stage.ts";

/**
 * The looks of a button: its states, `changed` after a change of the price, `waiting` after a tab or a QR code was
 * opened, and `slow`, which is `busy` for a long time.
 */
export const LOOKS = [
  "idle",
  "disabled",
  "error",
  "changed",
  "waiting",
  "tab",
  "qr",
  "processing",
  "paid",
  "busy",
  "slow",
] as const;
export type Look = (typeof LOOKS)[number];

export const LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pt"] as const;

/** One button of a page, and its target look. */
export interface Specimen {
  readonly look: Look;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Returns a specimen with these attributes for each look. */
export function everyLook(attributes: Readonly<Record<string, string>> = {}): readonly Specimen[] {
  return LOOKS.map((look) => ({ look, attributes }));
}

/** Longer than any test, so that a busy button stays busy. */
const NEVER_MS = 600_000;

/** Rejects streams. A browser opens only a few connections to one host, and a waiting button must not hold one. */
const NO_STREAM = { status: 503, body: "" };

function scriptOf(look: Look, product: string, worker: string): Script {
  const url = `${worker}/pay/${product}`;
  const script = { prices: [{ body: price() }] };
  switch (look) {
    case "idle":
    case "disabled":
      return script;
    case "busy":
    case "slow":
      return { ...script, checkouts: [{ body: "", delay_ms: NEVER_MS }] };
    case "error":
      return {
        ...script,
        checkouts: [
          { status: 503, body: workerError("qonto_unavailable", "Payments are not possible at the moment.") },
        ],
      };
    case "changed":
      return {
        prices: [{ body: price() }, { body: price("14.50") }],
        checkouts: [{ status: 409, body: workerError("price_changed", "The price has changed.") }],
      };
    case "waiting":
    case "tab":
    case "qr":
      return {
        ...script,
        checkouts: [{ body: checkoutAt(url, product) }],
        statuses: [NO_STREAM, report(product, "open")],
      };
    case "processing":
      return {
        ...script,
        checkouts: [{ body: checkoutAt(url, product, "processing") }],
        statuses: [NO_STREAM, report(product, "processing")],
      };
    case "paid":
      return { ...script, checkouts: [{ body: checkoutAt(url, product, "paid") }] };
  }
}

/** The state of the button for each look. */
const STATE_OF: Readonly<Record<Look, string>> = {
  idle: "idle",
  disabled: "idle",
  busy: "busy",
  slow: "busy",
  error: "error",
  changed: "error",
  waiting: "waiting",
  tab: "waiting",
  qr: "waiting",
  processing: "processing",
  paid: "paid",
};

/** Adds the buttons to `main` of a page, and brings each to its look as a shopper would. */
export async function showSpecimens(stage: Stage, page: Page, specimens: readonly Specimen[]): Promise<void> {
  // Busy buttons hold connections that the others need, so they come last.
  const isBusy = ({ look }: Specimen): boolean => STATE_OF[look] === "busy";
  const inOrder = specimens.toSorted((one, other) => Number(isBusy(one)) - Number(isBusy(other)));
  const shown = inOrder.map(({ look, attributes }, index) => ({
    look,
    state: STATE_OF[look],
    place: specimens.indexOf(inOrder[index] as Specimen),
    attributes: {
      endpoint: stage.worker,
      "publishable-key": "pk_sandbox_demo",
      product: `specimen-${crypto.randomUUID()}`,
      "show-amount": "",
      ...(look === "disabled" && { disabled: "" }),
      ...((look === "tab" || look === "qr") && { mode: look }),
      ...(look === "paid" && { reference: "ORDER-17" }),
      ...attributes,
    },
  }));
  await Promise.all(
    shown.map(({ look, attributes }) =>
      stage.setScript(attributes.product, scriptOf(look, attributes.product, stage.worker)),
    ),
  );
  await page.evaluate(bringToLooks, shown);
}

interface Shown {
  readonly look: string;
  readonly state: string;
  readonly place: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Runs in the page. */
async function bringToLooks(shown: readonly Shown[]): Promise<void> {
  const main = document.querySelector("main") ?? document.body;
  const tab = { document: { body: {} }, location: { replace: () => {} }, close: () => {} };
  window.open = () => tab as unknown as Window;
  // Each button has a place, so that busy buttons can be created last and stand anywhere.
  const places = shown.map(() => main.appendChild(document.createElement("div")));
  const partOf = (element: Element): DOMTokenList | undefined => element.shadowRoot?.querySelector("button")?.part;
  const textOf = (element: Element, part: string): string =>
    element.shadowRoot?.querySelector(`[part=${part}]`)?.textContent ?? "";
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const own = window.setTimeout;
  /** Clicks a button. Only a slow one gets its words after a while, however long the pictures take. */
  const click = (element: HTMLElement, isSlow: boolean): void => {
    if (!isSlow) window.setTimeout = (() => 0) as unknown as typeof setTimeout;
    element.click();
    window.setTimeout = own;
  };

  const show = async ({ look, state, place, attributes }: Shown): Promise<void> => {
    const element = document.createElement("qonto-pay-button");
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.addEventListener("qonto-pay-redirect", (event) => look === "waiting" && event.preventDefault());
    places[place]?.append(element);
    await until(() => textOf(element, "amount") !== "" || attributes["show-amount"] === undefined);
    await until(() => element.shadowRoot?.querySelector(".loading") == null);
    if (state !== "idle") click(element, look === "slow");
    await until(() => partOf(element)?.contains(state) === true);
    await until(() => look !== "slow" || element.shadowRoot?.querySelector("button.processing") != null);
  };
  await Promise.all(shown.filter(({ state }) => state !== "busy").map(show));
  await Promise.all(shown.filter(({ state }) => state === "busy").map(show));
  // Wait until the transitions of colours have finished.
  const animations = [...document.querySelectorAll("qonto-pay-button")].flatMap(
    (element) => element.shadowRoot?.getAnimations() ?? [],
  );
  await Promise.all(animations.filter((one) => one instanceof CSSTransition).map(({ finished }) => finished));
}
