export * from "./checkout.ts";
export * from "./error-code.ts";
export * from "./keys.ts";
export * from "./product.ts";
