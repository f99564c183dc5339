import type { Problem } from "../api/problem.ts";
import type { Purchase } from "../checkout/purchase.ts";
import type { ExplainedButton } from "./explained-button.ts";
import { attributeMistakes } from "./attribute-mistakes.ts";
import { purchaseMistakes } from "./purchase-mistakes.ts";
import { secretKeyMistake } from "./secret-key-mistake.ts";
import { type Mistake, type Section, tell } from "./tell.ts";

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
  for (const mistake of attributeMistakes(element)) tell(element, TAG, mistake);
  for (const mistake of purchaseMistakes(element, purchase)) tell(element, TAG, mistake);
  if (element.messages || element.querySelector(":scope > [slot]") !== null) {
    const { contractWordsMistakes } = await import("./contract-words.ts");
    for (const mistake of contractWordsMistakes(element)) tell(element, TAG, mistake);
  }
  const mistake = problem && (await mistakeBehind(problem, element, purchase.endpoint));
  if (mistake !== undefined) tell(element, TAG, mistake, JSON.stringify(purchase));
}

const OPENED_AS_A_FILE: Mistake = {
  text: "This page was opened as a file, so the Worker rejects its requests. Serve its folder with a web server: `python3 -m http.server 3000`.",
  section: "file",
};

/** The sections about codes that are not in the table of mistakes. */
const SECTION_OF: Readonly<Record<string, Section>> = {
  origin_not_allowed: "origin",
  pay_url_not_allowed: "own",
  popup_blocked: "frame",
};

async function mistakeBehind(
  { code, message, requestId }: Problem,
  element: ExplainedButton,
  endpoint: string,
): Promise<Mistake | undefined> {
  switch (code) {
    case "incomplete":
      // The attributes show the reason.
      return undefined;
    case "network":
    case "bad_answer":
      return (await import("./connection-mistake.ts")).connectionMistake(
        code === "network",
        endpoint,
        element.endpoint,
      );
    default:
      return {
        text: [code, message && `: ${message}`, requestId && ` (${requestId})`].join(""),
        section: SECTION_OF[code] ?? "worker",
      };
  }
}
