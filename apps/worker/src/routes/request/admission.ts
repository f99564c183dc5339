import { type Binding, Challenges, type Pass } from "../../crypto/challenge.ts";
import type { Config } from "../../context/config.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { Visit } from "../../flood/flood-gate.ts";
import { visitorOf } from "./rate-limit.ts";
import type { RouteContext } from "./route-context.ts";

/** An attempt to open a checkout, with the proofs that came with it. */
export interface Attempted {
  readonly publishableKey: string;
  readonly attemptId: string;
  /** The id that the visitor repeats, if it differs: a form's attempt also contains its choices. */
  readonly sentAttemptId?: string;
  readonly solution?: string | undefined;
  readonly waitPass?: string | undefined;
  /** Whether a browser without JavaScript may wait instead. */
  readonly mayWait?: true;
}

/** Iterations for each counter of a challenge, where the merchant's object was not asked. */
const DIFFICULTY_OVER_RATE = 2_000;

/**
 * Calls the merchant's object for a visitor who opens a checkout. If the object, or the rate of the publishable key or
 * the origin, requires a proof of work and the request has none, the error contains a challenge.
 *
 * @throws ApiError `challenge_required`, and those of the call.
 */
export async function callAsVisitor<T>(
  request: Request,
  { env, config }: RouteContext,
  attempted: Attempted,
  call: (visit: Visit) => Promise<T>,
): Promise<T> {
  const visitor = visitorOf(request, config);
  if (visitor === null) return call({ isCounted: false, pass: null });
  const { publishableKey, attemptId, solution, waitPass } = attempted;
  const binding = { publishableKey, attemptId, visitor: visitor.address };
  const challenges = challengesOf(config);
  const pass = await passOf(challenges, binding, { solution, waitPass });
  const origin = request.headers.get("Origin") ?? "none";
  const counted = await Promise.all([
    env.PAGE_RATE_LIMIT.limit({ key: publishableKey }),
    // For each merchant, because a program can send any origin, and all forms of the Worker's own pages share one.
    env.ORIGIN_RATE_LIMIT.limit({ key: `${publishableKey} ${origin}` }),
  ]);
  if (pass === null && counted.some(({ success }) => !success)) {
    throw await challengeFor(challenges, binding, attempted, { difficulty: DIFFICULTY_OVER_RATE });
  }
  try {
    return await call({ isCounted: true, pass });
  } catch (error) {
    const { difficulty, isPassUnused } = error instanceof ApiError ? error.detail : {};
    throw difficulty === undefined
      ? error
      : await challengeFor(challenges, binding, attempted, { difficulty, isPassUnused });
  }
}

async function passOf(
  challenges: Challenges,
  binding: Binding,
  { solution, waitPass }: Pick<Attempted, "solution" | "waitPass">,
): Promise<Pass | null> {
  const solved = solution === undefined ? null : await challenges.verify(solution, binding);
  return solved ?? (waitPass === undefined ? null : challenges.verifyWait(waitPass, binding));
}

async function challengeFor(
  challenges: Challenges,
  binding: Binding,
  { attemptId, sentAttemptId = attemptId, mayWait, waitPass }: Attempted,
  { difficulty, isPassUnused = false }: { readonly difficulty: number; readonly isPassUnused?: boolean | undefined },
): Promise<ApiError> {
  const challenge = { ...(await challenges.issue(binding, difficulty)), attempt_id: sentAttemptId };
  if (mayWait === undefined) return new ApiError("challenge_required", { challenge });
  // A visitor who presses the button too early, or while too many others have waited, does not have to start again.
  const isKept = waitPass !== undefined && (isPassUnused || (await challenges.isWaiting(waitPass, binding)));
  return new ApiError("challenge_required", {
    challenge,
    waitPass: isKept ? waitPass : await challenges.issueWait(binding),
  });
}

const challengesByConfig = new WeakMap<Config, Challenges>();

/** The key is derived once. */
function challengesOf(config: Config): Challenges {
  const known = challengesByConfig.get(config);
  if (known !== undefined) return known;
  const challenges = new Challenges(config.vaultKeys[0]);
  challengesByConfig.set(config, challenges);
  return challenges;
}
