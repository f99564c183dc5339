import { Column, Entity, Index, PrimaryColumn } from "typeorm";

/** A checkout of an order here. */
@Entity("qonto_pay_checkout")
export class CheckoutRecord {
  /** `co_…` */
  @PrimaryColumn({ type: "varchar", length: 64 })
  checkoutId!: string;

  @Index()
  @Column({ type: "varchar", length: 64 })
  orderId!: string;

  /** When what was paid was dealt with, once: added to the order, or told to the merchant. */
  @Column({ type: Date, nullable: true })
  settledAt!: Date | null;
}
