import { defineConfig } from "vite";
import { scriptConfig } from "./script-config.ts";

export default defineConfig(scriptConfig("src/define.ts", "qonto-pay-button", true));
