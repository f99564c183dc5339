import { readFile } from "node:fs/promises";
import { expect, inject, it } from "vitest";
import { API_ERROR_CODES, CHECKOUT_STATUSES, MERCHANT_EVENT_TYPES, PAGE_LANGUAGES } from "../../src/index.ts";

interface Described {
  readonly components: {
    readonly schemas: {
      readonly Error: { readonly properties: { readonly error: { readonly properties: { readonly code: Enum } } } };
      readonly MerchantEvent: { readonly properties: { readonly type: Enum } };
      readonly CheckoutSnapshot: { readonly properties: { readonly status: Enum } };
    };
  };
}
interface Enum {
  readonly enum: readonly string[];
}

it("the constants equal those of the reference that the running Worker serves", async () => {
  const response = await fetch(`${inject("workerUrl")}/openapi.json`);
  const {
    Error: error,
    MerchantEvent: event,
    CheckoutSnapshot: checkout,
  } = ((await response.json()) as Described).components.schemas;
  expect(API_ERROR_CODES).toEqual(error.properties.error.properties.code.enum.toSorted());
  expect(MERCHANT_EVENT_TYPES).toEqual(event.properties.type.enum);
  expect(CHECKOUT_STATUSES).toEqual(checkout.properties.status.enum);
});

it("the constants can't be changed", () => {
  for (const constant of [API_ERROR_CODES, CHECKOUT_STATUSES, MERCHANT_EVENT_TYPES, PAGE_LANGUAGES]) {
    expect(Object.isFrozen(constant)).toBe(true);
    expect(() => (constant as string[]).push("more")).toThrow(TypeError);
  }
});

it("each constant is named in the README", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  for (const name of ["API_ERROR_CODES", "CHECKOUT_STATUSES", "MERCHANT_EVENT_TYPES", "PAGE_LANGUAGES"]) {
    expect(readme).toContain(name);
  }
});
