/** Returns the error for a missing field that another field could replace. For the strict object of each shape. */
export function neededWithout(other: string) {
  const rule = `must be given where \`${other}\` is not`;
  return { error: ({ input }: { readonly input?: unknown }) => (input === undefined ? rule : undefined) };
}

/**
 * Returns the error for a request that has both of two exclusive fields. Without it, each shape of the union would
 * report the field of the other as unknown.
 */
export function notBoth(one: string, other: string) {
  const hasBoth = (input: unknown): boolean =>
    typeof input === "object" && input !== null && one in input && other in input;
  return {
    error: ({ code, input }: { readonly code: string; readonly input?: unknown }) =>
      code === "unrecognized_keys" && hasBoth(input) ? `Give either \`${one}\` or \`${other}\`, not both.` : undefined,
  };
}
