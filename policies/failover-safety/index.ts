import { PolicyPack } from "@pulumi/policy";
import { failoverSafety } from "./rules.js";

new PolicyPack("failover-safety", { policies: [...failoverSafety] });
