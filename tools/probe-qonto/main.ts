import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compare, playAll } from "./compare.ts";
import { obtainTokens } from "./consent.ts";
import { EventListener } from "./event-listener.ts";
import { HELP, type ProbeOptions, readOptions, UsageError } from "./options.ts";
import { AT_TERMINAL, NO_PERSON } from "./person.ts";
import { PROBES } from "./probe-list.ts";
import { markdownOf, reportOf } from "./report.ts";
import { type ProbeResult, runProbes } from "./run-probes.ts";
import type { Target } from "./target.ts";

if (process.argv.includes("--help")) console.log(HELP);
else {
  try {
    process.exitCode = await run(
      readOptions(
        process.argv.slice(2).filter((arg) => arg !== "--"),
        process.env,
      ),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : "The probe ended.");
    if (error instanceof UsageError) console.error(`\n${HELP}`);
    process.exitCode = 2;
  }
}

async function run(options: ProbeOptions): Promise<number> {
  const tokens = await obtainTokens(options, (text) => console.log(text));
  const events = options.webhook === null ? null : await EventListener.start(options.webhook.port, options.webhook.url);
  const probes = PROBES.filter(({ number }) => options.only?.includes(number) ?? true);
  try {
    const made = await runProbes(targetOf(options, events), tokens, probes, show);
    keepToken(options, made.refreshToken);
    console.log("Comparing with the sandbox ...");
    const facts = compare(made.results, await playAll(probes));
    const environment = options.isProduction ? "production" : "sandbox";
    const head = { at: new Date().toISOString(), environment, apiHost: new URL(options.apiUrl).hostname } as const;
    const report = reportOf(head, made, facts);
    mkdirSync(options.folder, { recursive: true });
    const file = join(options.folder, `${head.at.slice(0, 19).replaceAll(":", "")}-${environment}`);
    writeFileSync(`${file}.json`, `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(`${file}.md`, markdownOf(report));
    console.log(`\n${markdownOf(report).split("\n")[4]}\nReport: ${file}.md and .json`);
    if (made.linksLeft > 0)
      console.error(`${made.linksLeft} links of this run may still be payable. Deactivate them in Qonto.`);
    return made.linksLeft > 0 || made.results.some(({ outcome }) => outcome === "failed") ? 1 : 0;
  } finally {
    await events?.close();
  }
}

function targetOf(options: ProbeOptions, events: EventListener | null): Target {
  const isAttended = !options.isUnattended && process.stdin.isTTY;
  return {
    ...options,
    events,
    person: isAttended ? AT_TERMINAL : NO_PERSON,
    pauseMs: 100,
    watch: { forMs: options.watchMs, everyMs: 10_000 },
    wait: (milliseconds) => sleep(milliseconds),
  };
}

/** Prints a line for each probe and each fact. */
function show({ number, title, outcome, facts, reason }: ProbeResult): void {
  console.log(`${number}. ${title}: ${outcome}${reason === null ? "" : ` (${reason})`}`);
  for (const [name, value] of Object.entries(facts)) console.log(`   ${name}: ${value}`);
}

function keepToken({ tokenFile }: ProbeOptions, refreshToken: string): void {
  if (tokenFile !== null) writeFileSync(tokenFile, `${refreshToken}\n`, { mode: 0o600 });
}
