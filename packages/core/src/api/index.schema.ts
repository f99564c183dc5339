export * from "./checkout.schema.ts";
export * from "./event.schema.ts";
export * from "./merchant.schema.ts";
export * from "./offer.schema.ts";
export * from "./product.schema.ts";
export * from "./server-checkout.schema.ts";
export * from "./webhook-endpoint.schema.ts";
