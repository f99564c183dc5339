import { spawn } from "node:child_process";

/**
 * Ends the process group that this process leads as soon as this process ends, however it ends: workerd outlives a killed
 * parent, keeps the Worker's port, and goes on answering from it.
 *
 * The guard is a shell outside of the group that waits on a pipe which only this process holds open. The system closes
 * the pipe even after `kill -9`; `killall node` does not hit a shell; a group needs no list of ids that could be out of
 * date; and all of it is POSIX, so the same on Linux and macOS.
 */
export function endGroupWithProcess(): void {
  const script = 'read -r _; kill -s KILL -- "-$0"';
  spawn("/bin/sh", ["-c", script, `${process.pid}`], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
}
