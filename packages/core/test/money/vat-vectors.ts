import { readFileSync } from "node:fs";

interface VatVectors {
  readonly unreachable: {
    readonly examples: readonly (readonly [gross: string, vat_rate: string])[];
    readonly reachable: readonly (readonly [gross: string, vat_rate: string])[];
  };
  readonly vectors: readonly {
    readonly name: string;
    readonly items: readonly { readonly unit_price: string; readonly quantity: number; readonly vat_rate: string }[];
    /** By policy, "line/half_up". */
    readonly gross: Readonly<Record<string, string>>;
  }[];
}

/** Computed amounts of `vat-vectors.json`, which explains them. */
export const vatVectors = JSON.parse(readFileSync(new URL("vat-vectors.json", import.meta.url), "utf8")) as VatVectors;
