import "./styles/index.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { startBackground } from "./background.svelte";
import { language } from "./lib/i18n.svelte";
import { startRouter } from "./lib/router.svelte";
import { startServiceWorker } from "./lib/service-worker";

document.documentElement.lang = language.current;
startRouter();
const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app");
mount(App, { target });
startBackground();
startServiceWorker();
