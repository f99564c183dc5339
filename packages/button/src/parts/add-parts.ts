import type { OwnMessages } from "../locales/button-messages.ts";
import { build } from "./build-node.ts";
import { en } from "./part-messages.ts";
import type { Part, PartHost, PartTools } from "./part-tools.ts";

const known = new WeakSet<PartHost>();

/** The style sheets of the parts, which all buttons share. */
const sheets = new Map<string, CSSStyleSheet>();

/**
 * Adds the parts that only some buttons have: payment methods. Does nothing if they were added to this button
 * before.
 *
 * @param texts returns the texts of the button in its language, with those of the page.
 */
export function addParts(host: PartHost, texts: () => OwnMessages): void {
  if (known.has(host)) return;
  known.add(host);
  const tools: PartTools = {
    host,
    build,
    lang: () => host.renderRoot.querySelector<HTMLElement>("[part=label]")?.lang ?? "",
    text: (name) => texts()[name] ?? en[name],
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
    for (const part of parts) part.render();
  };
  // After the button: its own nodes show what the parts read, such as its language. The script leaves out Lit's hook.
  host.addController({ hostUpdate: () => queueMicrotask(render) });
  render();
}
