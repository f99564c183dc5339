/** A CPU profile as the DevTools protocol records it. Times are microseconds. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node of each sample. */
  readonly samples: readonly number[];
  /** The time before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string };
  readonly children?: readonly number[];
}

/** The parts of a click, by the functions of the Worker that take their time. The innermost one of a sample counts. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  "the log line": ["logRequest"],
  "body of the request: read, parse": ["readJson", "readBytes"],
  "body of the request: check": ["checked"],
  "call of the merchant's object": ["callMerchant", "callKnownMerchant", "callAsVisitor"],
  "status token": ["sign"],
  "router, answer and its headers": ["route", "serve", "answer", "handle", "finish", "allowReading", "jsonResponse"],
  "SQL statements": ["exec", "#findBy", "checkoutOf", "add", "recordLink", "remove", "hasChangeOf", "nextDueAt"],
  "call to Qonto: token, limits, request": ["#callOnce", "#exchange", "#obtain", "run", "make", "#request", "decrypt"],
  "call to Qonto: send, read the answer": ["sendRequest", "readText", "exchange"],
  "answer of Qonto: parse, check": ["readAnswer", "parseJson"],
  "order, price, amount check, link": [
    "createCheckout",
    "createCheckoutFromPage",
    "checkOut",
    "createPaymentLink",
    "mintOnce",
  ],
};

/** The names under which V8 counts time outside of functions. */
const OUTSIDE: Readonly<Record<string, string>> = {
  "(program)": "runtime: HTTP, calls between objects, commits of SQLite",
  "(garbage collector)": "garbage collection",
};

const partOfName = new Map([
  ...Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, part] as const)),
  ...Object.entries(OUTSIDE),
]);

/** Prints the share of each part in the time of a click, the largest first, without the time of waiting. */
export function printClickParts({ nodes, samples, timeDeltas }: CpuProfile): void {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame.functionName)]));
  const times = new Map<string, number>();
  for (const [index, sample] of samples.entries()) {
    const part = names.get(sample) === "(idle)" ? null : partOf(sample, names, parents);
    if (part !== null) times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  }
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  console.log("| part | share |");
  console.log("|---|---|");
  for (const [part, time] of [...times].toSorted(([, a], [, b]) => b - a)) {
    console.log(`| ${part} | ${Math.round((100 * time) / all)} % |`);
  }
}

/** Bundlers number functions of the same name. */
function nameOf(functionName: string): string {
  return functionName.replace(/\d+$/, "");
}

function partOf(sample: number, names: ReadonlyMap<number, string>, parents: ReadonlyMap<number, number>): string {
  for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
    const part = partOfName.get(names.get(id) ?? "");
    if (part !== undefined) return part;
  }
  return "other";
}
