import { PolicyPack } from "@pulumi/policy";
import { cost } from "./rules.js";

new PolicyPack("cost", { policies: [...cost] });
