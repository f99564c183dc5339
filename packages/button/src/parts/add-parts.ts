import type { Price } from "@qonto-pay/core/api";
import type { workerRequest } from "../api/worker-request.ts";
import type { Purchase } from "../checkout/purchase.ts";
import type { OwnMessages } from "../locales/button-messages.ts";
import { announce, build } from "./build-node.ts";
import { en } from "./part-messages.ts";
import type { Part, PartHost, PartTools } from "./part-tools.ts";

/** The chunks of the two choices. */
export const VIEWS = {
  amounts: async () => (await import("./amount-chips.ts")).amountChips,
  quantity: async () => (await import("./quantity-stepper.ts")).quantityStepper,
};

const known = new WeakSet<PartHost>();

/** The style sheets of the parts, which all buttons share. */
const sheets = new Map<string, CSSStyleSheet>();

/**
 * Adds the parts that only some buttons have: payment methods, and the choice of an amount or a quantity. Does nothing
 * if they were added to this button before.
 *
 * @param texts returns the texts of the button in its language, with those of the page.
 * @param help explains the mistakes of the page in the console.
 * @param price has the price that the button has read for the current purchase, if any.
 * @param locale returns the locale of amounts.
 */
export function addParts(
  host: PartHost,
  texts: () => OwnMessages,
  help: () => void,
  price: { readonly quote: Price | undefined },
  purchase: () => Purchase,
  locale: () => string,
  request: typeof workerRequest,
): void {
  if (known.has(host)) return;
  known.add(host);
  const tools: PartTools = {
    host,
    build,
    announce,
    help,
    locale,
    lang: () => host.renderRoot.querySelector<HTMLElement>("[part=label]")?.lang ?? "",
    text: (name, values = {}) =>
      (texts()[name] ?? en[name]).replace(/\{(\w+)\}/g, (whole, value: string) => values[value] ?? whole),
    place: (part, exportparts, styles) => {
      const place = build("div", { part });
      place.setAttribute("exportparts", exportparts);
      const sheet = sheets.get(styles) ?? new CSSStyleSheet();
      if (!sheets.has(styles)) sheet.replaceSync(styles);
      sheets.set(styles, sheet);
      place.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      return place;
    },
  };
  const loaders: Record<string, () => Promise<Part>> = {
    methods: async () => (await import("./payment-methods.ts")).paymentMethods(tools),
    choice: async () => {
      // At the same time as the module that uses it.
      const view = host.amounts ? VIEWS.amounts() : VIEWS.quantity();
      void view.catch(() => {});
      return (await import("./choice.ts")).choice(tools, VIEWS, () => price.quote, purchase, request);
    },
  };
  const parts: Part[] = [];
  const load = async (name: string): Promise<void> => {
    const loader = loaders[name];
    if (loader === undefined) return;
    delete loaders[name];
    try {
      const part = await loader();
      parts.push(part);
      part.render();
    } catch {
      // The shopper can pay without this part.
    }
  };
  const render = (): void => {
    if (host.methods) void load("methods");
    if (host.amounts || host.quantityInput) void load("choice");
    for (const part of parts) part.render();
  };
  // After the button: its own nodes show what the parts read, such as its language. The script leaves out Lit's hook.
  host.addController({ hostUpdate: () => queueMicrotask(render) });
  render();
}
