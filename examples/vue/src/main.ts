import { createApp } from "vue";
import Mug from "./mug.vue";

createApp(Mug).mount("#app");
