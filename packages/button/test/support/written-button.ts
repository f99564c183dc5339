import "../../src/define.ts";
import type { QontoPayButton } from "../../src/index.ts";
import type { Said } from "./heard-warnings.ts";
import { until } from "./page.ts";

/** Attributes as an author writes them. `null` removes one of a correct button. */
export type Attributes = Readonly<Record<string, string | null>>;

/** Adds a button that is correct except for these attributes and children. */
export function placeButton(attributes: Attributes, children = ""): QontoPayButton {
  const element = document.createElement("qonto-pay-button");
  const all: Attributes = { "publishable-key": "pk_sandbox_demo", product: "mug", ...attributes };
  for (const [name, value] of Object.entries(all)) if (value !== null) element.setAttribute(name, value);
  element.innerHTML = children;
  document.body.append(element);
  return element;
}

/** Waits until all buttons that were added so far were checked: the next one is checked after them. */
export async function untilChecked(warnings: readonly Said[]): Promise<void> {
  const last = placeButton({ "the-last-one": "" });
  const isLast = ([, element]: Said): boolean => element === last;
  await until(() => warnings.some(isLast));
  (warnings as Said[]).splice(warnings.findIndex(isLast), 1);
  last.remove();
}
