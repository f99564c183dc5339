/** Follows the system's choice between light and dark: Web Awesome reads a class. */
export function followColorScheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("wa-dark", dark.matches);
  dark.addEventListener("change", apply);
  apply();
}
