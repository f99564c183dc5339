import { defineConfig } from "vite";

export default defineConfig({
  server: { port: 5173, strictPort: true },
  preview: { port: 5173, strictPort: true },
  build: {
    target: "es2022",
    // Both would add content to the page that its content security policy does not allow.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
