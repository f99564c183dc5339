import type { LocalMerchant } from "./connect-merchant.ts";

/** The merchant of local development. */
export const DEMO_MERCHANT: LocalMerchant = {
  name: "demo",
  products: [
    {
      id: "mug",
      title: "Estuary mug",
      description: "Stoneware, 30 cl",
      type: "good",
      price: { value: "10.99", currency: "EUR" },
      tax_behavior: "exclusive",
      vat_rate: "21.0",
    },
    {
      id: "poster",
      title: "Low Tide print",
      description: "30 x 40 cm, unframed",
      type: "good",
      price: { value: "9.99", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    },
    {
      id: "workshop",
      title: "An evening at the wheel",
      description: "One seat, three hours",
      type: "service",
      price: { value: "120.00", currency: "EUR" },
      tax_behavior: "exclusive",
      vat_rate: "20",
    },
    {
      id: "donation",
      title: "The kiln fund",
      type: "service",
      open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "500.00", currency: "EUR" } },
      vat_rate: "0",
    },
  ],
};
