import { spawn } from "node:child_process";

/**
 * Kills the process group of this process as soon as this process ends in any way: workerd outlives a killed parent,
 * keeps the Worker's port, and still answers on it.
 *
 * The guard is a shell outside of the group that waits on a pipe which only this process holds open. The system closes
 * the pipe even after `kill -9`; `killall node` does not hit a shell; a group needs no list of ids that could be
 * outdated; and all of it is POSIX, so it is the same on Linux and macOS.
 */
export function endGroupWithProcess(): void {
  const script = 'read -r _; kill -s KILL -- "-$0"';
  spawn("/bin/sh", ["-c", script, `${process.pid}`], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
}
