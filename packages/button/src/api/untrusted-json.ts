/** The value of a JSON text; undefined when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value from elsewhere is a text, and of this shape. */
export function isText(value: unknown, shape = /^/): value is string {
  return typeof value === "string" && shape.test(value);
}
