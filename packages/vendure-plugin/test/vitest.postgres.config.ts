import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** Tests that need concurrent connections. `POSTGRES_URL` names the server on which they create a database. */
export default defineConfig({ ...config, test: { ...config.test, include: ["postgres/*.test.ts"] } });
