import type { MerchantEventType } from "@qonto-pay/client";
import { type RequestContext, VendureEvent } from "@vendure/core";
import type { AccessTopic } from "./types.ts";

/**
 * Published on Vendure's `EventBus` when shoppers of the merchant can no longer pay, or can pay again. Subscribe to it
 * to notify the merchant, for example by email. Published once for each event of the Worker.
 */
export class QontoPayAccessEvent extends VendureEvent {
  /** Context of the default channel. The merchant's access is the same in all channels. */
  readonly ctx: RequestContext;
  /** Id of the Worker's event, `evt_…`. */
  readonly eventId: string;
  readonly type: MerchantEventType;
  readonly topic: AccessTopic;
  /** True: shoppers can't pay, or soon can't. False: the topic is resolved. */
  readonly isProblem: boolean;
  /** What happened and what the merchant must do, in English. */
  readonly message: string;

  constructor(ctx: RequestContext, event: Omit<QontoPayAccessEvent, "ctx" | "createdAt">) {
    super();
    this.ctx = ctx;
    this.eventId = event.eventId;
    this.type = event.type;
    this.topic = event.topic;
    this.isProblem = event.isProblem;
    this.message = event.message;
  }
}
