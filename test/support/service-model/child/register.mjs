import { register } from "node:module";

/* Preloaded by `--import` into a command that tests start: its gateways are judged as those in process are. */
register("./hooks.mjs", import.meta.url);
