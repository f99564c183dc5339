import { defineConfig } from "vite";
import { scriptConfig } from "./script-config.ts";

/** Builds the status separately from the button, so that a page with one of them loads one file. */
export default defineConfig(scriptConfig("src/define-status.ts", "qonto-pay-status", false));
