import { API_ERRORS } from "@qonto-pay/core/api";
import { type Answer, expectedOf, requestsUnder } from "./expected.ts";
import { type Duration, durationsOf, FAULT_NAMES, FAULTS, type FaultName } from "./faults.ts";
import { OPERATION_NAMES, OPERATIONS, type OperationName } from "./operations.ts";
import { sentenceOf } from "./sentences.ts";

const HEAD = `# When Qonto fails

This page lists each operation of Qonto that the Worker calls, under each fault that can replace the documented answer. It shows the caller's answer and the Worker's next steps.

\`pnpm faults:document\` generates this file from the expectations in \`apps/worker/test/faults\`. The tests there run every cell over HTTP against the sandbox and check the state immediately afterwards:

- No link is open at Qonto without a checkout that owns it.
- Every checkout has the status of its link.
- The consent is still valid.
- No answer contains a text of Qonto.
- At most 5 answers of 401 came within an hour.
- No caller waited for 10 s.
- The same request works when the fault is over.

## Answers

In the Worker's log, the line of the request has its \`request_id\`, which the caller also receives, and a \`reason\` that names Qonto's operation and status.

| in the matrix | answer | remediation |
| --- | --- | --- |
| works | the requested result | none |
| rejected | \`502 qonto_refused\` | read \`reason\`; a retry helps only after the cause is fixed |
| missing | \`404\`, with the code listed below | check the id |
| not activated | \`409 payment_links_not_activated\` | the organization has no payment links at Qonto: its owner switches them on with the link in the answer |
| connect | \`503 merchant_not_connected\` | Qonto accepts no token of this merchant: check the consent and the provider connection (\`GET /v1/connection\`, \`GET /v1/events\`) |
| busy | \`503 qonto_rate_limited\` with \`Retry-After\` | none: the Worker sends Qonto no request for as long as Qonto asks |
| down | \`503 qonto_unavailable\` with \`Retry-After\` | wait for Qonto; the sections below describe unfinished operations |
| mismatch | \`502 amount_mismatch\` | no shopper was charged; compare the product's price with the link in Qonto's list |

## The matrix

"works, then down" means: if the fault lasts for one call, the request works; if it lasts longer, the answer is "down".
`;

const WORDS: Readonly<Partial<Record<Answer, string>>> = {
  works: "works",
  qonto_refused: "rejected",
  not_found: "missing",
  payment_link_not_found: "missing",
  connection_not_found: "missing",
  payment_links_not_activated: "not activated",
  merchant_not_connected: "connect",
  qonto_rate_limited: "busy",
  qonto_unavailable: "down",
  amount_mismatch: "mismatch",
};

/** Returns the text of `docs/operations/fault-matrix.md`. */
export function faultDocument(): string {
  const sections = OPERATION_NAMES.map((name) => sectionOf(name));
  return `${HEAD}\n${matrix()}\n\n## Next steps\n\n${sections.join("\n\n")}\n`;
}

function matrix(): string {
  const titles = OPERATION_NAMES.map((name) => `${OPERATIONS[name].qonto}: ${name}`);
  const rows = FAULT_NAMES.map((fault) => [fault, ...OPERATION_NAMES.map((name) => cell(name, fault))]);
  return [["", ...titles], ["---", ...titles.map(() => "---")], ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

function cell(name: OperationName, fault: FaultName): string {
  const words = durationsOf(fault).map((duration) => wordFor(expectedOf(name, fault, duration).answer));
  return [...new Set(words)].join(", then ");
}

function wordFor(answer: Answer): string {
  const word = WORDS[answer];
  if (word === undefined) throw new RangeError(`the document has no word for ${answer}`);
  return word;
}

function sectionOf(name: OperationName): string {
  const { qonto, asked } = OPERATIONS[name];
  const kinds = [...new Set(FAULT_NAMES.map((fault) => FAULTS[fault].kind))];
  const lines = kinds.flatMap((kind) =>
    alike(
      name,
      FAULT_NAMES.filter((fault) => FAULTS[fault].kind === kind),
    ).map(({ faults, outcome }) => `- **${faults.join(", ")}**: ${outcome}. ${sentenceOf(name, kind)}`),
  );
  return [`### ${qonto}: ${name}`, "", `${asked}.`, "", ...lines].join("\n");
}

/** Groups the faults of a kind by their outcome. */
function alike(name: OperationName, faults: readonly FaultName[]) {
  const outcomes = faults.map((fault) => outcomeOf(name, fault));
  return [...new Set(outcomes)].map((outcome) => ({
    outcome,
    faults: faults.filter((_fault, index) => outcomes[index] === outcome),
  }));
}

function outcomeOf(name: OperationName, fault: FaultName): string {
  const [once, always = once] = durationsOf(fault).map((duration) => ending(name, fault, duration));
  return once === always ? `${once}` : `once ${once}; always ${always}`;
}

function ending(name: OperationName, fault: FaultName, duration: Duration): string {
  const { answer, calls, retryAfter, afterwards } = expectedOf(name, fault, duration);
  return [
    answerText(answer),
    ...(retryAfter === null ? [] : [`\`Retry-After: ${retryAfter}\``]),
    callsText(calls, requestsUnder(fault, duration)),
    ...(afterwards === "works" ? [] : [`the same request again gets ${answerText(afterwards)}`]),
  ].join(", ");
}

function callsText(calls: number, requests: number): string {
  const text = calls === 1 ? "1 call" : `${calls} calls`;
  return requests === 1 ? text : `${text} for ${requests} requests`;
}

function answerText(answer: Answer): string {
  return answer === "works" ? "works" : `\`${API_ERRORS[answer].status} ${answer}\``;
}
