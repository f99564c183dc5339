import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A checkout that the Worker was asked for, and has not answered yet: it may be there or not. */
@Entity("qonto_pay_opening")
export class PendingCheckout {
  @PrimaryColumn({ type: "varchar", length: 64 })
  idempotencyKey!: string;

  @Index()
  @Column({ type: "varchar", length: 64 })
  orderId!: string;
}
