import { defineConfig } from "vite";

export default defineConfig({
  // The Worker's assets serve the pages here.
  base: "/console/",
  build: {
    target: "es2022",
    // Both would add content to the page that its content security policy does not allow.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The licences of bundled packages are published with the pages.
    license: { fileName: "notices.md" },
  },
});
