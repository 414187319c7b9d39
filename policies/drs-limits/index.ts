import { PolicyPack } from "@pulumi/policy";
import { drsLimits } from "./rules.js";

new PolicyPack("drs-limits", { policies: [...drsLimits] });
