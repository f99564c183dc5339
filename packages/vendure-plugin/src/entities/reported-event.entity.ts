import { Entity, PrimaryColumn } from "typeorm";

/** A notification that the merchant has received, mostly for an event. Prevents duplicates. */
@Entity("qonto_pay_told_event")
export class ReportedEvent {
  /** `evt_…`, or another key of the notification. */
  @PrimaryColumn({ type: "varchar", length: 64 })
  eventId!: string;
}
