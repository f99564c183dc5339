import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { CheckoutStatus } from "@qonto-pay/core/api";
import { html, type TemplateResult } from "lit";
import { texts } from "../locales/index.ts";

const LOOKS = {
  open: { variant: "brand", icon: "clock" },
  processing: { variant: "warning", icon: "refresh" },
  paid: { variant: "success", icon: "check" },
  expired: { variant: "neutral", icon: "cross" },
  canceled: { variant: "neutral", icon: "cross" },
} as const satisfies Record<CheckoutStatus, { readonly variant: string; readonly icon: string }>;

/**
 * The status of a payment as a word, a colour and an icon. Web Awesome's badge is a live region, which would make a
 * screen reader announce each row of a list.
 */
export function statusBadge(status: CheckoutStatus): TemplateResult {
  const { variant, icon } = LOOKS[status];
  return html`<span class="badge ${variant}"><wa-icon name=${icon}></wa-icon> ${texts().payments[status]}</span>`;
}
