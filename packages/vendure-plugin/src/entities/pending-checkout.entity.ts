import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A checkout that was requested from the Worker, without a response yet: it may exist or not. */
@Entity("qonto_pay_opening")
export class PendingCheckout {
  @PrimaryColumn({ type: "varchar", length: 64 })
  idempotencyKey!: string;

  @Index()
  @Column({ type: "varchar", length: 64 })
  orderId!: string;
}
