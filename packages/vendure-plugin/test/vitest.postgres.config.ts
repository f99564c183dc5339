import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** What a database with one connection can't show. `POSTGRES_URL` says where to make databases for it. */
export default defineConfig({ ...config, test: { ...config.test, include: ["postgres/*.test.ts"] } });
