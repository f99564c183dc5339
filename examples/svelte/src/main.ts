import { mount } from "svelte";
import Mug from "./mug.svelte";

const target = document.querySelector("#app");
if (target !== null) mount(Mug, { target });
