export * from "./connection.schema.ts";
export * from "./organization.schema.ts";
export * from "./payment-link.schema.ts";
export * from "./webhook-event.schema.ts";
export * from "./webhook-subscription.schema.ts";
