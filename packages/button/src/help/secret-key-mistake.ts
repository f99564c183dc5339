import type { Mistake } from "./tell.ts";

/** In JSON, an escaped white space such as `\n` ends with a letter. */
const SECRET_KEY = /(?:\b|\\.)(sk_(?:live|sandbox)_)/;

/**
 * Returns the mistake if an attribute or a property of an element contains a secret key. Never quotes the key.
 *
 * @param properties what the element states, by name.
 * @param instead what the page needs instead.
 */
export function secretKeyMistake({ attributes }: Element, properties: object, instead: string): Mistake | undefined {
  const written = Array.from(attributes, ({ name, value }) => [name, value] as const);
  for (const [name, value] of [...written, ...Object.entries(properties)]) {
    const [, start] = SECRET_KEY.exec(JSON.stringify(value)) ?? [];
    if (start === undefined) continue;
    return {
      text: `\`${name}\` contains a secret key, ${start}…, which everyone can read. It is not sent. Replace the key now: POST /v1/keys creates a new one, DELETE /v1/keys/{id} revokes this one. A page needs ${instead}.`,
      section: "key",
    };
  }
  return undefined;
}
