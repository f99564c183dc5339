/** A deployment uses either Qonto's sandbox or Qonto's production, never both. */
export type Environment = "sandbox" | "live";

/** The parts of a key. The merchant's object checks whether the key is valid. */
export interface ParsedKey {
  readonly environment: Environment;
  readonly merchant: string;
}

const MERCHANT_NAME = "[a-z0-9][a-z0-9-]{0,38}";

/** Returns whether a text can be a merchant's name: 1 to 39 lower-case letters, digits and hyphens. */
export function isMerchantName(text: string): boolean {
  return new RegExp(`^${MERCHANT_NAME}$`).test(text);
}

/** Reads `pk_{sandbox|live}_{merchant}`. Returns null for any other text. */
export function parsePublishableKey(key: string): ParsedKey | null {
  return parsedKey(new RegExp(`^pk_(sandbox|live)_(${MERCHANT_NAME})$`).exec(key));
}

/** Reads `sk_{sandbox|live}_{merchant}_{random}`. Returns null for any other text. */
export function parseSecretKey(key: string): ParsedKey | null {
  return parsedKey(new RegExp(`^sk_(sandbox|live)_(${MERCHANT_NAME})_[A-Za-z0-9_-]{8,100}$`).exec(key));
}

function parsedKey(match: RegExpExecArray | null): ParsedKey | null {
  const [, environment, merchant] = match ?? [];
  return environment === undefined || merchant === undefined
    ? null
    : { environment: environment as Environment, merchant };
}
