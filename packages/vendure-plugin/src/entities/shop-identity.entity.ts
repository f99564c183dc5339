import { Column, Entity, PrimaryColumn } from "typeorm";

/** The identity of this shop: a single row, written once. */
@Entity("qonto_pay_shop")
export class ShopIdentity {
  /** Always 1, so that the database keeps a single row. */
  @PrimaryColumn({ type: "int" })
  id!: number;

  @Column({ type: "varchar", length: 64 })
  shopId!: string;
}
