import { spawnSync } from "node:child_process";

/** Whether PHP is installed: without it, the tests of PHP examples can't run. Debian: `apt-get install php-cli`. */
export const HAS_PHP = spawnSync("php", ["--version"]).status === 0;
