export * from "./connection.ts";
export * from "./known-end.ts";
export * from "./organization.ts";
export * from "./payment-link.ts";
export * from "./webhook-subscription.ts";
