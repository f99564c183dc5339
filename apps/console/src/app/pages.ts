import type { ConsoleSession } from "@qonto-pay/core/api";
import { html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { texts } from "../locales/index.ts";
import type { Route } from "./route.ts";

/** Returns the content of a page. The code of each page is a file of its own, loaded at its first visit. */
export function pageOf(route: Route, session: ConsoleSession): TemplateResult {
  switch (route.page) {
    case "account":
      void import("../pages/account-page.ts");
      return html`<account-page .session=${session}></account-page>`;
    case "payments":
      void import("../pages/payments-page.ts");
      return html`<payments-page></payments-page>`;
    case "payment":
      void import("../pages/payment-page.ts");
      return html`${keyed(
        route.id,
        html`<payment-page .checkoutId=${route.id} ?readonly=${session.role === "viewer"}></payment-page>`,
      )}`;
    case "not_found":
      return html`<h1>${texts().not_found}</h1>`;
  }
}

/** Returns the title of a page, for the browser's tab. */
export function titleOf({ page }: Route): string {
  switch (page) {
    case "not_found":
      return texts().not_found;
    case "payment":
      return texts().nav.payments;
    default:
      return texts().nav[page];
  }
}
