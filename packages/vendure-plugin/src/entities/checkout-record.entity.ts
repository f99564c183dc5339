import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A checkout of an order of this shop. */
@Entity("qonto_pay_checkout")
export class CheckoutRecord {
  /** `co_…` */
  @PrimaryColumn({ type: "varchar", length: 64 })
  checkoutId!: string;

  @Index()
  @Column({ type: "varchar", length: 64 })
  orderId!: string;

  /** When the payment was settled: added to the order, or reported in a note. Set only once. */
  @Column({ type: Date, nullable: true })
  settledAt!: Date | null;
}
