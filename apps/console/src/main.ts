import { followColorScheme } from "./app/theme.ts";
import { loadTexts } from "./locales/index.ts";
import { useOwnIcons } from "./parts/icons.ts";

followColorScheme();
useOwnIcons();
await loadTexts();
await import("./app/console-app.ts");
