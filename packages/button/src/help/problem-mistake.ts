import { isLocalHost } from "@qonto-pay/core/api";
import type { Problem } from "../api/problem.ts";
import type { Purchase } from "../checkout/purchase.ts";
import type { Mistake, Section } from "./tell.ts";

/** A file that every Worker serves to any page. */
const OWN_FILE = "/qonto-pay-button.json";

/** The sections about codes that are not in the table of mistakes. */
const SECTION_OF: Readonly<Record<string, Section>> = {
  origin_not_allowed: "origin",
  pay_url_not_allowed: "own",
  popup_blocked: "frame",
};

/**
 * Returns the mistake behind a failed request, if the author of the page can fix it.
 *
 * @param purchase what the request stated.
 * @param stated the address of the Worker, if the page states it. Otherwise the Worker served the script, so the address
 *   is right.
 */
export async function problemMistake(
  { code, message, requestId }: Problem,
  purchase: Purchase,
  stated: string | null | undefined,
): Promise<Mistake | undefined> {
  const { endpoint } = purchase;
  if (code === "network" || code === "bad_answer") return connectionMistake(code === "network", endpoint, stated);
  return {
    text: [code, message && `: ${message}`, adviceOn(code, purchase)].join(""),
    section: SECTION_OF[code] ?? "worker",
    detail: requestId && ` (${requestId})`,
  };
}

/** Returns what to check in the page, for the codes whose message does not name it. */
function adviceOn(code: string, { product, amount }: Purchase): string {
  switch (code) {
    case "product_not_found":
      return product === undefined
        ? " Does the catalogue contain each product of `items`?"
        : ` Does the catalogue contain \`${product}\`?`;
    case "invalid_key":
      return " Check `publishable-key`.";
    case "quantity_out_of_range":
      return " Check `quantity` and the bounds of the product.";
    case "amount_out_of_range":
      return amount === undefined
        ? " If the product has an open amount, set `amount` or `amounts`."
        : " Check the bounds of the product. If it has a price, remove `amount` and `amounts`.";
    default:
      return "";
  }
}

/**
 * Returns why a Worker gives no valid answer, as far as a page can find out. Only a page on the author's machine asks the
 * server: elsewhere, the pages of all shoppers would send more requests to a Worker that is down.
 *
 * @param isSilent whether there was no answer that the page may read.
 */
async function connectionMistake(
  isSilent: boolean,
  endpoint: string,
  stated: string | null | undefined,
): Promise<Mistake | undefined> {
  const isLocal = isLocalHost(location.hostname || "localhost");
  if (!stated && !isLocal) return undefined;
  const guess = isSilent ? "no answer, or none for this page (CORS)." : "the answer is not a Worker's.";
  const cause = isLocal ? await examine(endpoint) : guess;
  return {
    text: `No valid answer of a Worker from ${endpoint || location.origin}: ${cause} A Worker shows its version at ${endpoint}${OWN_FILE}. Check \`endpoint\`; if it is not set, check the address of the script.`,
    section: "endpoint",
  };
}

async function examine(endpoint: string): Promise<string> {
  const address = endpoint + OWN_FILE;
  if (location.protocol === "https:" && /^http:/i.test(endpoint)) return "a page with https can't call http.";
  try {
    const { ok, status, headers } = await fetch(address, { credentials: "omit" });
    const type = headers.get("Content-Type") ?? "no type";
    return ok && type.includes("json")
      ? "it serves its version, but not this request."
      : `it answers ${status}, ${type}.`;
  } catch {
    return (await answersAtAll(address))
      ? "a server answers there, but not for this page (CORS)."
      : "nothing answers there, or this page's content security policy (connect-src) forbids the request.";
  }
}

async function answersAtAll(address: string): Promise<boolean> {
  try {
    await fetch(address, { mode: "no-cors", credentials: "omit" });
    return true;
  } catch {
    return false;
  }
}
