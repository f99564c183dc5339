/** Whether a value from elsewhere is a text, and of this shape. */
export function isText(value: unknown, shape = /^/): value is string {
  return typeof value === "string" && shape.test(value);
}
