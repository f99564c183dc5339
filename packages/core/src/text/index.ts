export { countCharacters, cutText } from "./cut-text.ts";
export { hasSpaceAround, isVisible, tidyLines, tidyText } from "./tidy-text.ts";
