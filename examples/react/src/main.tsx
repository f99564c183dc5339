import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Mug } from "./mug.tsx";

const app = document.querySelector("#app");
if (app !== null) {
  createRoot(app).render(
    <StrictMode>
      <Mug />
    </StrictMode>,
  );
}
