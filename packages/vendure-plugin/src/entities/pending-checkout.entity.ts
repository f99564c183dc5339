import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A request for a checkout that has no response yet: the checkout may or may not exist. */
@Entity("qonto_pay_opening")
export class PendingCheckout {
  @PrimaryColumn({ type: "varchar", length: 64 })
  idempotencyKey!: string;

  @Index()
  @Column({ type: "varchar", length: 64 })
  orderId!: string;
}
