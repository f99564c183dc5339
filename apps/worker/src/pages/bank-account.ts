import type { BankAccount } from "@qonto-pay/core/qonto";
import { type Html, html } from "./html.ts";

/** Returns a bank account as people recognize it: its name, and its IBAN in groups of four. */
export function bankAccountText({ name, iban, main }: BankAccount): Html {
  const label = name ?? (main === true ? "Main account" : "Account");
  return html`${label} <span class="iban">${iban.replaceAll(/(.{4})(?=.)/g, "$1 ")}</span>`;
}
