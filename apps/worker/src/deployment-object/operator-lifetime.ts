/** A session of the operator that is not used for this time ends. */
export const IDLE_LIFE_MS = 60 * 60_000;

/** A session of the operator ends this long after its sign-in, regardless of its use. */
export const WHOLE_LIFE_MS = 12 * 60 * 60_000;
