import type {
  CreateCheckout,
  CreateConnection,
  CreatePaymentLink,
  IntendedLine,
  InvoiceToPay,
} from "../../src/index.ts";

export const POSTER = {
  title: "Poster",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
} as const satisfies IntendedLine;

export const INVOICE: InvoiceToPay = {
  invoice_id: "550e8400-e29b-41d4-a716-446655440001",
  invoice_number: "INV-12345",
  debitor_name: "John Doe",
  amount: { value: "100.00", currency: "EUR" },
};

export const CHECKOUT: CreateCheckout = { items: [POSTER] };

export const PAYMENT_LINK: CreatePaymentLink = {
  payment_link: {
    potential_payment_methods: ["credit_card"],
    reusable: false,
    items: [{ title: "Mug", quantity: 2, unit_price: { value: "10.00", currency: "EUR" }, vat_rate: "20.0" }],
  },
};

/** The body that connects a bank account, without the account. */
export const BUSINESS: Omit<CreateConnection, "user_bank_account_id"> = {
  partner_callback_url: "https://shop.example/connected",
  user_phone_number: "+33612345678",
  user_website_url: "https://shop.example",
  business_description: "Handmade stoneware, prints and evening workshops, sold online and in our own studio.",
};
