import "../../src/define-status.ts";
import type { QontoPayStatusEvent } from "../../src/index.ts";
import type { QontoPayStatus } from "../../src/elements/qonto-pay-status.ts";
import { newProduct, report, setScript, until, WORKER } from "./page.ts";
import type { Script } from "./scripted-worker.ts";

/** A status element in the page, and the events that it fired. */
export interface Opened {
  readonly element: QontoPayStatus;
  readonly id: string;
  readonly heard: QontoPayStatusEvent[];
}

/** Adds a status element whose Worker answers as scripted. `statuses` gets the checkout's id. */
export async function openStatus(
  statuses: (id: string) => Script["statuses"] = (id) => [report(id, "open")],
  attributes: Readonly<Record<string, string>> = {},
  children = "",
): Promise<Opened> {
  const id = newProduct();
  const given = statuses(id);
  await setScript(id, given === undefined ? {} : { statuses: given });
  const element = document.createElement("qonto-pay-status");
  for (const [name, value] of Object.entries({ checkout: id, token: "t o/k", endpoint: WORKER, ...attributes })) {
    element.setAttribute(name, value);
  }
  element.innerHTML = children;
  const heard: QontoPayStatusEvent[] = [];
  element.addEventListener("qonto-pay-status", (event) => heard.push(event));
  document.body.append(element);
  await element.updateComplete;
  return { element, id, heard };
}

/** @throws Error if the element has no such part. */
export const part = ({ element }: Opened, name: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`);
  if (found == null) throw new Error(`There is no part ${name}.`);
  return found;
};

/** Returns the whole text of the element. */
export const textOf = (opened: Opened): string => part(opened, "status").textContent;

/** Waits until the element shows the text of a state, by the name of its part. */
export const untilWords = (opened: Opened, words: string): Promise<void> =>
  until(() => part(opened, "status").part.contains(words));

/** Removes all status elements of the page. */
export function closeStatuses(): void {
  for (const element of document.querySelectorAll("qonto-pay-status")) element.remove();
}
