import { type BehaviourName } from "@qonto-pay/sandbox";
import type { Probe } from "./probe.ts";
import { runProbes, type ProbeResult } from "./run-probes.ts";
import { playQonto } from "./sandbox-target.ts";

export const BEHAVIOURS = ["production", "sandbox", "documented"] as const satisfies readonly BehaviourName[];

/** A fact as the probed Qonto and each behaviour of the sandbox show it; null if it was not observed. */
export interface ComparedFact {
  readonly probe: number;
  readonly title: string;
  readonly name: string;
  readonly seen: string | null;
  readonly played: Readonly<Record<BehaviourName, string | null>>;
}

/** Runs the same probes against the sandbox under each behaviour. */
export async function playAll(
  probes: readonly Probe[],
): Promise<Readonly<Record<BehaviourName, readonly ProbeResult[]>>> {
  const entries: (readonly [BehaviourName, readonly ProbeResult[]])[] = [];
  for (const behaviour of BEHAVIOURS) {
    const played = await playQonto(behaviour);
    try {
      entries.push([behaviour, (await runProbes(played.target, played.tokens, probes)).results]);
    } finally {
      await played.close();
    }
  }
  return Object.fromEntries(entries) as Record<BehaviourName, readonly ProbeResult[]>;
}

/** Returns every fact of either side. */
export function compare(
  seen: readonly ProbeResult[],
  played: Readonly<Record<BehaviourName, readonly ProbeResult[]>>,
): readonly ComparedFact[] {
  return seen.flatMap(({ number, title, facts }) => {
    const sides = BEHAVIOURS.map(
      (name) => [name, played[name].find((result) => result.number === number)?.facts ?? {}] as const,
    );
    const names = new Set([...Object.keys(facts), ...sides.flatMap(([, side]) => Object.keys(side))]);
    return [...names].map((name) => ({
      probe: number,
      title,
      name,
      seen: facts[name] ?? null,
      played: Object.fromEntries(
        sides.map(([behaviour, side]) => [behaviour, side[name] ?? null]),
      ) as ComparedFact["played"],
    }));
  });
}

/** Whether a behaviour differs from the observed value. A fact that was not observed never differs. */
export function differs({ seen, played }: ComparedFact, behaviour: BehaviourName): boolean {
  return seen !== null && played[behaviour] !== seen;
}
