import "./styles/index.css";
import "./rooms";
import { mount } from "svelte";
import App from "./App.svelte";
import { config } from "./lib/config.svelte";
import { saveFact } from "./lib/db";
import { language } from "./lib/i18n.svelte";
import { rooms } from "./lib/rooms";
import { startRouter } from "./lib/router.svelte";
import { startServiceWorker } from "./lib/service-worker";

document.documentElement.lang = language.current;
startRouter();
const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
mount(App, { target });

void config.load();
void saveFact("language", language.current);
language.onChoice((chosen) => saveFact("language", chosen));
rooms.start();
startServiceWorker();
