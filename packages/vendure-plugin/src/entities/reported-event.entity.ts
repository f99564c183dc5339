import { Entity, PrimaryColumn } from "typeorm";

/** What the merchant was told of in an order's history, once: mostly an event. */
@Entity("qonto_pay_told_event")
export class ReportedEvent {
  /** `evt_…`, or what else names the occasion. */
  @PrimaryColumn({ type: "varchar", length: 64 })
  eventId!: string;
}
