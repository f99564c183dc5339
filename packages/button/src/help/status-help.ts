import type { Problem } from "../api/problem.ts";
import { notClosed } from "./content-mistake.ts";
import { secretKeyMistake } from "./secret-key-mistake.ts";
import { tell } from "./tell.ts";

export { explainSecondScript } from "./second-script.ts";

const TAG = "qonto-pay-status";

/** Explains that an element with a secret key does not send it. */
export function explainSecretKey(element: Element): void {
  const mistake = secretKeyMistake(element, {}, "the `status_token` of the checkout");
  if (mistake !== undefined) tell(element, TAG, mistake);
}

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
