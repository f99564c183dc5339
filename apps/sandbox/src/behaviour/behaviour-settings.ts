import * as z from "zod";
import {
  BEHAVIOUR_NAMES,
  BEHAVIOURS,
  type BehaviourName,
  DEFAULT_BEHAVIOUR,
  SWITCH_VALUES,
  type SwitchChanges,
  type SwitchName,
  type Switches,
} from "./behaviours.ts";

/** A behaviour chosen at the start or with `PUT /_sandbox/behaviour`. */
export interface BehaviourChoice {
  readonly behaviour?: BehaviourName | undefined;
  /** Switches that override the behaviour. */
  readonly switches?: SwitchChanges | undefined;
}

/** The current behaviour of the sandbox. */
export interface Behaviour {
  /** The behaviour chosen last. Single switches may have changed since. */
  readonly name: BehaviourName;
  readonly switches: Switches;
}

const SWITCH_NAMES = Object.keys(SWITCH_VALUES) as readonly SwitchName[];

const switchShape = Object.fromEntries(
  SWITCH_NAMES.map((name) => [name, z.enum(SWITCH_VALUES[name]).optional()]),
) as unknown as {
  [Name in SwitchName]: z.ZodOptional<z.ZodType<Switches[Name]>>;
};

/** The body of `PUT /_sandbox/behaviour`: a behaviour, single switches, or both. */
export const behaviourSchema = z.strictObject(
  { behaviour: z.enum(BEHAVIOUR_NAMES).optional(), ...switchShape },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `Unknown switch ${issue.keys.map((key) => `\`${key}\``).join(", ")}. Use \`behaviour\` or one of: ${SWITCH_NAMES.join(", ")}`
        : undefined,
  },
);

/**
 * Returns the initial behaviour of a sandbox: all switches of `choice.behaviour` (`production` by default), then the
 * named switches.
 *
 * @throws Error for an unknown behaviour, switch or value. The message lists the valid ones.
 */
export function startingBehaviour(choice: BehaviourChoice): Behaviour {
  const parsed = behaviourSchema.safeParse({ behaviour: choice.behaviour, ...choice.switches });
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
    throw new Error(`The behaviour is invalid. ${issues.join("; ")}`);
  }
  const name = choice.behaviour ?? DEFAULT_BEHAVIOUR;
  return changedBehaviour({ name, switches: BEHAVIOURS[name] }, choice);
}

/** Returns `current` after a choice: a behaviour sets all switches, then the named switches change. */
export function changedBehaviour(current: Behaviour, choice: BehaviourChoice): Behaviour {
  const name = choice.behaviour ?? current.name;
  const base = choice.behaviour === undefined ? current.switches : BEHAVIOURS[choice.behaviour];
  const changes = Object.entries(choice.switches ?? {}).filter(([, value]) => value !== undefined);
  return { name, switches: { ...base, ...(Object.fromEntries(changes) as Partial<Switches>) } };
}
