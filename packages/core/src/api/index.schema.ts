export * from "./checkout.schema.ts";
export * from "./product.schema.ts";
