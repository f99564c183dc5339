import type { MerchantEvent } from "@qonto-pay/client";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** An event that could not be handled and will be retried. */
@Entity("qonto_pay_failed_event")
export class FailedEvent {
  /** `evt_…` */
  @PrimaryColumn({ type: "varchar", length: 64 })
  eventId!: string;

  @Column({ type: "simple-json" })
  event!: MerchantEvent;

  @Column({ type: "int" })
  attempts!: number;
}
