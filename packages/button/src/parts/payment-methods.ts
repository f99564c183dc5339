import type { PaymentMethodName } from "@qonto-pay/core/qonto";
import type { Part, PartTools } from "./part-tools.ts";
import { styles } from "./payment-methods.styles.ts";

/**
 * Drawings of our own, in a box of 24 by 16. They show the kind of a payment method, not its brand: the owners of the
 * brands license their logos to merchants and payment services, not to a library that both can change.
 */
const CARD = "M3 2h18v12H3zM3 6h18M6 10.5h4";
const PHONE = "M8 1h8v14H8zM11 12.5h2";
const WALLET = "M4 4.5h16v10H4zM4 4.5l11-3v3M15 8h5v3h-5z";
const BANK = "M4 6.5l8-5 8 5zM6.5 6.5v6M12 6.5v6M17.5 6.5v6M4 14h16";

const MARKS: Readonly<Record<PaymentMethodName, readonly [drawing: string, name: string]>> = {
  credit_card: [CARD, ""],
  apple_pay: [PHONE, "Apple Pay"],
  paypal: [WALLET, "PayPal"],
  ideal: [BANK, "iDEAL"],
};

/** Shows payment methods below a button, in the listed order. Unknown names are ignored. */
export function paymentMethods({ host, build, help, text, lang, place }: PartTools): Part {
  const methods = place("methods", "method", styles);
  const list = build("ul", { role: "list" });
  methods.shadowRoot?.append(list);
  host.renderRoot.append(methods);
  let shown = "";

  const markOf = ([drawing, name]: readonly [string, string]): HTMLElement => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 16");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", drawing);
    svg.append(path);
    const words = build("span", { textContent: name || text("credit_card"), lang: name ? "en" : lang() });
    return build("li", { part: "method" }, svg, words);
  };

  return {
    render() {
      const words = (host.methods ?? "").split(/\s+/);
      const wanted = [text("credit_card"), ...words].join();
      if (wanted === shown) return;
      shown = wanted;
      const names = words.filter((name) => Object.hasOwn(MARKS, name));
      if (words.some((word) => word !== "" && !names.includes(word))) help();
      list.className = `of-${names.length}`;
      list.replaceChildren(...names.map((name) => markOf(MARKS[name as PaymentMethodName])));
    },
  };
}
