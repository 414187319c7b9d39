import { PolicyPack } from "@pulumi/policy";
import { residencyAndCompliance } from "./rules.js";

new PolicyPack("residency-and-compliance", { policies: [...residencyAndCompliance] });
