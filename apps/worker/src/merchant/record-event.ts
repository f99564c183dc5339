import type { MerchantEventData, MerchantEventType } from "@qonto-pay/core/api";
import { randomId } from "../security/random-id.ts";
import type { Merchant } from "./merchant.ts";

/** Records a transition. To be called in the same breath as what it tells of is stored, so that it is told once. */
export function recordEvent(merchant: Merchant, type: MerchantEventType, data: MerchantEventData): void {
  merchant.events.add(randomId("evt"), type, data, Date.now());
}
