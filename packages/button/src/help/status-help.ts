import type { Problem } from "../api/problem.ts";
import { attributeMistakes, STATUS_SLOTS } from "./attribute-mistakes.ts";
import { notClosed } from "./content-mistake.ts";
import { endpointMistakes } from "./endpoint-mistakes.ts";
import { secretKeyMistake } from "./secret-key-mistake.ts";
import { tell } from "./tell.ts";

export { explainSecondScript } from "./second-script.ts";

const TAG = "qonto-pay-status";

/**
 * Explains what is wrong with the attributes of a status element.
 *
 * @param isComplete whether the attributes or the address of the page name a checkout.
 */
export function explainAttributes(
  element: HTMLElement & Readonly<Record<"checkout" | "token" | "endpoint", string | null | undefined>>,
  isComplete: boolean,
): void {
  const { checkout, token, endpoint } = element;
  const stated = { checkout, token, endpoint, "location.search": location.search };
  const secret = secretKeyMistake(element, stated, "the `status_token` of the checkout");
  // All other messages would log the element, whose attributes contain the key.
  if (secret !== undefined) return tell(element, TAG, secret);
  for (const mistake of attributeMistakes(element, STATUS_SLOTS)) tell(element, TAG, mistake);
  for (const mistake of endpointMistakes(endpoint ?? "")) tell(element, TAG, mistake);
  if (!isComplete) tell(element, TAG, { text: MISSING, section: "status" });
}

const MISSING =
  "`checkout` or `token` is missing. Set both attributes, or open this page with `?checkout=co_…&token=…`: the event `qonto-pay-status` of the button contains both.";

/** Explains that the browser put the rest of the page between the tags of an element. */
export function explainContent(element: Element): void {
  tell(element, TAG, notClosed(TAG));
}

/** Explains why the Worker rejects the requests of a status element. */
export function explainStatus(
  element: Element,
  { code, message }: Problem,
  { endpoint, id }: { readonly endpoint: string; readonly id: string },
): void {
  const reason =
    message ?? `the answer of ${endpoint} is not that of a Worker. Set \`endpoint\` to the address of yours.`;
  tell(element, TAG, { text: `${code}: ${reason}`, section: "status" }, endpoint + id);
}
