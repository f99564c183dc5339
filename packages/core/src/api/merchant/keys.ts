/** A deployment talks to Qonto's sandbox or to Qonto's production, never to both. */
export type Environment = "sandbox" | "live";

/** What a key says of itself. Whether it is one of the merchant's is for the merchant's object to tell. */
export interface ParsedKey {
  readonly environment: Environment;
  readonly merchant: string;
}

const MERCHANT_NAME = "[a-z0-9][a-z0-9-]{0,38}";

/** Whether a text can name a merchant: 1 to 39 lower-case letters, digits and hyphens. */
export function isMerchantName(text: string): boolean {
  return new RegExp(`^${MERCHANT_NAME}$`).test(text);
}

/** Reads `pk_{sandbox|live}_{merchant}`; null when the text is no publishable key. */
export function parsePublishableKey(key: string): ParsedKey | null {
  return parsedKey(new RegExp(`^pk_(sandbox|live)_(${MERCHANT_NAME})$`).exec(key));
}

/** Reads `sk_{sandbox|live}_{merchant}_{random}`; null when the text is no secret key. */
export function parseSecretKey(key: string): ParsedKey | null {
  return parsedKey(new RegExp(`^sk_(sandbox|live)_(${MERCHANT_NAME})_[A-Za-z0-9_-]{8,100}$`).exec(key));
}

function parsedKey(match: RegExpExecArray | null): ParsedKey | null {
  const [, environment, merchant] = match ?? [];
  return environment === undefined || merchant === undefined
    ? null
    : { environment: environment as Environment, merchant };
}
