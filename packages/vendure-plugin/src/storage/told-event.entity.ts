import { Entity, PrimaryColumn } from "typeorm";

/** An event that the merchant was told of in an order's history. */
@Entity("qonto_pay_told_event")
export class ToldEvent {
  /** `evt_…` */
  @PrimaryColumn({ type: "varchar", length: 64 })
  eventId!: string;
}
