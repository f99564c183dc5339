export * from "./checkout.ts";
export * from "./error-code.ts";
export * from "./event.ts";
export * from "./keys.ts";
export * from "./payment-links.ts";
export * from "./product.ts";
export * from "./secret-key.ts";
export * from "./server-checkout.ts";
