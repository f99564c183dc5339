/** Names of attributes, each with words that other products use for the same thing. */
const ELSEWHERE = [
  "publishable-key key apikey publickey pk",
  "product item article sku name",
  "quantity qty count number pieces",
  "endpoint url src worker server",
  "reference ref order orderid invoice",
  "label text",
  "lang language locale",
  "theme color",
  "show-amount showprice showtotal",
  "back-url back return home",
].map((line) => line.split(" "));

/** Returns the known name that a word most likely means. Undefined if none is near. */
export function nearestName(word: string, known: readonly string[]): string | undefined {
  const plain = lettersOf(word);
  const [meant] = ELSEWHERE.find((words) => words.includes(plain)) ?? [];
  if (meant !== undefined && known.includes(meant)) return meant;
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const name of known) {
    const letters = lettersOf(name);
    const steps = plain.startsWith(letters) ? 0 : stepsBetween(plain, letters);
    if (steps >= Math.min(fewest, letters.length, Math.max(3, letters.length / 3))) continue;
    nearest = name;
    fewest = steps;
  }
  return nearest;
}

function lettersOf(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z]/g, "");
}

/** Returns how many letters must be inserted, removed or replaced (Levenshtein). */
function stepsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_none, index) => index);
  for (const letter of from) {
    const next = [(row[0] as number) + 1];
    for (let index = 0; index < to.length; index += 1) {
      const replaced = (row[index] as number) + (letter === to[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] as number) + 1, (next[index] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
