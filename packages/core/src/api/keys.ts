/** A deployment talks to Qonto's sandbox or to Qonto's production, never to both. */
export type Environment = "sandbox" | "live";

/** Reads `pk_{sandbox|live}_{merchant}`; null when the text is no publishable key. */
export function parsePublishableKey(key: string): { environment: Environment; merchant: string } | null {
  const match = /^pk_(sandbox|live)_([a-z0-9][a-z0-9-]{0,38})$/.exec(key);
  return match === null ? null : { environment: match[1] as Environment, merchant: match[2] as string };
}
