/** Returns the value of a JSON text. Undefined if the text is invalid. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns whether an untrusted value is a string that matches `shape`. */
export function isText(value: unknown, shape = /^/): value is string {
  return typeof value === "string" && shape.test(value);
}
