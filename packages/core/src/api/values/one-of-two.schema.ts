/** What a missing field's error says where the other one would do as well; for the strict object of each shape. */
export function neededWithout(other: string) {
  const rule = `must be given where \`${other}\` is not`;
  return { error: ({ input }: { readonly input?: unknown }) => (input === undefined ? rule : undefined) };
}

/** What both shapes of a union say where both fields are given: each alone would call the other one's unknown. */
export function notBoth(one: string, other: string) {
  const hasBoth = (input: unknown): boolean =>
    typeof input === "object" && input !== null && one in input && other in input;
  return {
    error: ({ code, input }: { readonly code: string; readonly input?: unknown }) =>
      code === "unrecognized_keys" && hasBoth(input) ? `Give either \`${one}\` or \`${other}\`, not both.` : undefined,
  };
}
