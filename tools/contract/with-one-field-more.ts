/** Returns copies of an example, each with an unknown field in another one of its objects. */
export function withOneFieldMore(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((part, index) => withOneFieldMore(part).map((wider) => value.with(index, wider)));
  }
  const inParts = Object.entries(value).flatMap(([name, part]) =>
    withOneFieldMore(part).map((wider) => ({ ...value, [name]: wider })),
  );
  return [{ ...value, undocumented: "x" }, ...inParts];
}
