import type { FixedPriceProduct, OpenAmountProduct } from "@qonto-pay/core/api";

/** What the Worker fills in where the merchant says nothing. */
type Defaulted = "type" | "min_quantity" | "max_quantity";

/** Without its id, which is in the address, and with the defaults left to the Worker. */
type BodyOf<Saved> = Omit<Saved, "id" | Defaulted> & Partial<Pick<Saved, keyof Saved & Defaulted>>;

/** The body of `PUT /v1/products/{id}`: a price of the merchant's, or an amount that the shopper chooses. */
export type ProductBody = BodyOf<FixedPriceProduct> | BodyOf<OpenAmountProduct>;
