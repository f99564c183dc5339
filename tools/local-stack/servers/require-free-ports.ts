import { once } from "node:events";
import { connect, createServer } from "node:net";
import { StartProblem } from "../command-line/start-problem.ts";
import { suggestCommand } from "../command-line/suggest-command.ts";

/** A browser tries both for `localhost`. Somebody on either one would be shown in place of what is started here. */
const LOOPBACKS = ["127.0.0.1", "::1"];

/** How far from a port that can't be had another one is looked for. */
const NEARBY = 50;

/**
 * Makes sure that each port can be listened on.
 *
 * @param ports by the option that chooses it, such as `--shop-port`.
 * @param command what was typed, without and with its options: the whole of it is told anew with ports that can be had.
 * @throws StartProblem naming every port that can't be had, and the command that takes others.
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
  throw new StartProblem(`${told} To take ${what}:\n\n  ${suggestCommand(command, typed, others)}`);
}

function requireDifferent(ports: Readonly<Record<string, number>>): void {
  const optionOf = new Map<number, string>();
  for (const [option, port] of Object.entries(ports)) {
    const other = optionOf.get(port);
    if (other !== undefined) throw new StartProblem(`${other} and ${option} are both ${port}.`);
    optionOf.set(port, option);
  }
}

/** The next one that can be had and that nothing else here uses; undefined where there is none nearby. */
async function findFreeNear(port: number, used: ReadonlySet<number>): Promise<number | undefined> {
  for (let near = port + 1; near <= Math.min(port + NEARBY, 65_535); near += 1) {
    if (!used.has(near) && (await findObstacle(near)) === undefined) return near;
  }
  return undefined;
}

async function findObstacle(port: number): Promise<string | undefined> {
  // Asked first: macOS lets two programs have one port, where one listens on every address and the other on one of them.
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
