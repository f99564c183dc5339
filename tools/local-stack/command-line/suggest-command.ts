/**
 * Returns a command as it was typed, with other values for some of its options.
 *
 * @param command the part before the options, such as `npx pnpm@10.34.8 start`.
 * @param typed the rest of the command.
 * @param chosen values by option, such as `--shop-port`.
 */
export function suggestCommand(
  command: string,
  typed: readonly string[],
  chosen: ReadonlyMap<string, number | string>,
): string {
  const kept = typed.filter(
    (word, index) => !isOf(chosen, word) && !(chosen.has(typed[index - 1] ?? "") && !word.startsWith("--")),
  );
  const options = [...chosen].map(([option, value]) => `${option} ${value}`);
  return [command, ...kept.map(quoted), ...options].join(" ");
}

/** `--shop-port` before its value, or `--shop-port=5173`. */
function isOf(chosen: ReadonlyMap<string, unknown>, word: string): boolean {
  return chosen.has(word.split("=")[0] ?? "");
}

/** A folder may have a space in its name. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
