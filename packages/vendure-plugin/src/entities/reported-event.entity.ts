import { Entity, PrimaryColumn } from "typeorm";

/** What the merchant was notified of, once: mostly an event. */
@Entity("qonto_pay_told_event")
export class ReportedEvent {
  /** `evt_…`, or another name of the occasion. */
  @PrimaryColumn({ type: "varchar", length: 64 })
  eventId!: string;
}
