import { BEHAVIOURS, type ComparedFact, differs } from "./compare.ts";
import type { Run } from "./run-probes.ts";

export interface ReportHead {
  /** ISO 8601. */
  readonly at: string;
  readonly environment: "sandbox" | "production";
  readonly apiHost: string;
}

/** Returns the report to store. It contains no tokens, ids or texts of Qonto. */
export function reportOf(head: ReportHead, { results, requests, linksLeft }: Run, facts: readonly ComparedFact[]) {
  const differences = Object.fromEntries(
    BEHAVIOURS.map((behaviour) => [behaviour, facts.filter((fact) => differs(fact, behaviour)).length]),
  );
  return {
    ...head,
    requests,
    links_left: linksLeft,
    differences,
    probes: results.map(({ number, title, outcome, reason }) => ({ number, title, outcome, reason })),
    facts,
  };
}

export type Report = ReturnType<typeof reportOf>;

/** Returns the report in Markdown. Bold values differ from the observed one. */
export function markdownOf(report: Report): string {
  const lines = [
    `# Probe of Qonto, ${report.at.slice(0, 10)}`,
    "",
    `Probed: ${report.apiHost} (${report.environment}), ${report.at}, ${report.requests} requests. Links of this run that may still be payable: ${report.links_left}.`,
    "",
    `Facts in which the local sandbox differs: ${BEHAVIOURS.map((name) => `${report.differences[name]} under \`${name}\``).join(", ")}.`,
    "",
    "A bold value differs from the observed one. A dash means that nothing was observed.",
    "",
  ];
  for (const { number, title, outcome, reason } of report.probes) {
    lines.push(`## ${number}. ${title}`, "");
    if (outcome !== "answered") lines.push(`${outcome === "skipped" ? "Skipped" : "Failed"}: ${cell(reason)}.`, "");
    const facts = report.facts.filter(({ probe }) => probe === number);
    if (facts.length === 0) continue;
    lines.push(
      `| fact | observed | ${BEHAVIOURS.join(" | ")} |`,
      `| --- | --- | ${BEHAVIOURS.map(() => "---").join(" | ")} |`,
    );
    for (const fact of facts) {
      const played = BEHAVIOURS.map((name) =>
        differs(fact, name) ? `**${cell(fact.played[name])}**` : cell(fact.played[name]),
      );
      lines.push(`| ${[cell(fact.name), cell(fact.seen), ...played].join(" | ")} |`);
    }
    lines.push("");
  }
  return lines.join("\n");
}

function cell(text: string | null): string {
  return text === null ? "–" : text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
