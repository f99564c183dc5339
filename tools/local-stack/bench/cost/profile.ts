import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { CpuProfile } from "./click-parts.ts";

/** The requests that are profiled. Those before give the engine time to compile the code that runs often. */
const WARM_UP = 300;
const PROFILED = 1_000;

/** Microseconds between two samples. */
const INTERVAL = 100;

interface Target {
  readonly id: string;
  readonly webSocketDebuggerUrl: string;
}

/**
 * Records which functions of a Worker take the time of its requests, by the DevTools protocol.
 *
 * @param inspectorPort of a Worker that was started with one.
 * @param file receives the profile. Chrome's DevTools open it.
 * @returns the profile.
 */
export async function profile(request: () => Promise<void>, inspectorPort: number, file: string): Promise<CpuProfile> {
  for (let count = 0; count < WARM_UP; count += 1) await request();
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json()) as readonly Target[];
  const target = targets.find(({ id }) => id.endsWith(":measured"));
  if (target === undefined) throw new Error("workerd's inspector does not list the Worker");
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, "open");
  await send(socket, "Profiler.enable");
  await send(socket, "Profiler.setSamplingInterval", { interval: INTERVAL });
  await send(socket, "Profiler.start");
  for (let count = 0; count < PROFILED; count += 1) await request();
  const { profile: recorded } = (await send(socket, "Profiler.stop")) as { profile: CpuProfile };
  socket.close();
  writeFileSync(file, JSON.stringify(recorded));
  return recorded;
}

let lastId = 0;

/** Sends one command and returns its result. */
function send(socket: WebSocket, method: string, params: object = {}): Promise<unknown> {
  const id = (lastId += 1);
  return new Promise((resolve) => {
    const receive = ({ data }: MessageEvent): void => {
      const message = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
      if (message.id !== id) return;
      socket.removeEventListener("message", receive);
      resolve(message.result);
    };
    socket.addEventListener("message", receive);
    socket.send(JSON.stringify({ id, method, params }));
  });
}
