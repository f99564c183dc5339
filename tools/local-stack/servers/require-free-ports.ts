import { once } from "node:events";
import { connect, createServer } from "node:net";
import { StartProblem } from "../command-line/start-problem.ts";
import { suggestCommand } from "../command-line/suggest-command.ts";

/** A browser tries both addresses for `localhost`: another program on either one would answer in place of this one. */
const LOOPBACKS = ["127.0.0.1", "::1"];

/** How far from an unavailable port the search for another one goes. */
const NEARBY = 50;

/**
 * Checks that each port is available.
 *
 * @param ports by the option that sets it, such as `--shop-port`.
 * @param command the command line, without and with its options: the error shows the whole command again with available
 *   ports.
 * @throws StartProblem naming every unavailable port, and the command that uses others.
 */
export async function requireFreePorts(
  ports: Readonly<Record<string, number>>,
  { command, typed }: { readonly command: string; readonly typed: readonly string[] },
): Promise<void> {
  requireDifferent(ports);
  const found = await Promise.all(
    Object.entries(ports).map(async ([option, port]) => ({ option, port, obstacle: await findObstacle(port) })),
  );
  const inTheWay = found.filter(({ obstacle }) => obstacle !== undefined);
  if (inTheWay.length === 0) return;
  const told = inTheWay.map(({ port, obstacle }) => `Port ${port} ${obstacle}.`).join(" ");
  const used = new Set(Object.values(ports));
  const others = new Map<string, number | string>();
  for (const { option, port } of inTheWay) {
    const free = await findFreeNear(port, used);
    if (free !== undefined) used.add(free);
    others.set(option, free ?? "PORT");
  }
  const what = inTheWay.length === 1 ? "another one" : "others";
  throw new StartProblem(`${told} To use ${what}:\n\n  ${suggestCommand(command, typed, others)}`);
}

function requireDifferent(ports: Readonly<Record<string, number>>): void {
  const optionOf = new Map<number, string>();
  for (const [option, port] of Object.entries(ports)) {
    const other = optionOf.get(port);
    if (other !== undefined) throw new StartProblem(`${other} and ${option} are both ${port}.`);
    optionOf.set(port, option);
  }
}

/** Returns the next available port that no other option uses; undefined if there is none nearby. */
async function findFreeNear(port: number, used: ReadonlySet<number>): Promise<number | undefined> {
  for (let near = port + 1; near <= Math.min(port + NEARBY, 65_535); near += 1) {
    if (!used.has(near) && (await findObstacle(near)) === undefined) return near;
  }
  return undefined;
}

async function findObstacle(port: number): Promise<string | undefined> {
  // Checked first: macOS lets two programs share a port if one listens on every address and the other on one of them.
  const answers = await Promise.all(LOOPBACKS.map((host) => isAnswered(host, port)));
  if (answers.includes(true)) return "is taken";
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
    await once(server.close(), "close");
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    return code === "EADDRINUSE" ? "is taken" : `can't be listened on (${String(code)})`;
  }
}

function isAnswered(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
