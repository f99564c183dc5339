import type { Problem } from "../api/problem.ts";
import type { Purchase } from "../checkout/purchase.ts";
import type { ExplainedButton } from "./explained-button.ts";
import { notClosed } from "./content-mistake.ts";
import { attributeMistakes } from "./attribute-mistakes.ts";
import { purchaseMistakes } from "./purchase-mistakes.ts";
import { secretKeyMistake } from "./secret-key-mistake.ts";
import { type Mistake, tell } from "./tell.ts";

export { explainSecondScript } from "./second-script.ts";

const TAG = "qonto-pay-button";

/**
 * Explains what is wrong with a button to the author of the page.
 *
 * This code imports nothing from the script: a page may load the script under another address, and would load it twice.
 *
 * @param purchase what the button states now.
 * @param problem why a request failed or was not sent.
 */
export async function explainButton(element: ExplainedButton, purchase: Purchase, problem?: Problem): Promise<void> {
  const secret = secretKeyMistake(element, purchase, "the publishable key, pk_…");
  // All other messages would log the element, whose attributes contain the key.
  if (secret !== undefined) return tell(element, TAG, secret);

  if (location.protocol === "file:") tell(document, TAG, OPENED_AS_A_FILE);
  if (element.renderRoot.querySelector("slot:not(button *,[hidden])") !== null) tell(element, TAG, notClosed(TAG));
  for (const mistake of attributeMistakes(element)) tell(element, TAG, mistake);
  for (const mistake of purchaseMistakes(element, purchase)) tell(element, TAG, mistake);
  if (element.endpoint) {
    const { endpointMistakes } = await import("./endpoint-mistakes.ts");
    for (const mistake of endpointMistakes(element.endpoint)) tell(element, TAG, mistake);
  }
  if (element.messages || element.querySelector(":scope > [slot]") !== null) {
    const { contractWordsMistakes } = await import("./contract-words.ts");
    for (const mistake of contractWordsMistakes(element)) tell(element, TAG, mistake);
  }
  if (element.amounts || element.quantityInput) {
    const { choiceMistakes } = await import("./choice-mistakes.ts");
    for (const mistake of choiceMistakes(element)) tell(element, TAG, mistake);
  }
  // The attributes show why a purchase is incomplete.
  if (problem === undefined || problem.code === "incomplete") return;
  const { problemMistake } = await import("./problem-mistake.ts");
  const mistake = await problemMistake(problem, purchase, element.endpoint);
  if (mistake !== undefined) tell(element, TAG, mistake, JSON.stringify(purchase));
}

const OPENED_AS_A_FILE: Mistake = {
  text: "This page was opened as a file, so the Worker rejects it. Serve the folder with a web server: `python3 -m http.server 3000`.",
  section: "file",
};
