import { once } from "node:events";
import { connect, createServer } from "node:net";
import { StartProblem } from "./start-problem.ts";

/** A browser tries both for `localhost`. Somebody on either one would be shown in place of what is started here. */
const LOOPBACKS = ["127.0.0.1", "::1"];

/**
 * Makes sure that each port can be listened on.
 *
 * @param ports by the option that chooses it, such as `--shop-port`.
 * @throws StartProblem naming the first port that can't be had, and its option.
 */
export async function requireFreePorts(ports: Readonly<Record<string, number>>): Promise<void> {
  const optionOf = new Map<number, string>();
  for (const [option, port] of Object.entries(ports)) {
    const other = optionOf.get(port);
    if (other !== undefined) throw new StartProblem(`${other} and ${option} are both ${port}.`);
    optionOf.set(port, option);
    const obstacle = await findObstacle(port);
    if (obstacle !== undefined)
      throw new StartProblem(`Port ${port} ${obstacle}. Choose another one with ${option} PORT.`);
  }
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
