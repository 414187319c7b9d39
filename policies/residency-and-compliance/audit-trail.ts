import { known, UNKNOWN, uncheckable } from "../known.js";
import { awsPages, type Rule } from "../rule.js";
import { sox } from "./frameworks.js";

const trailType = "aws:cloudtrail/trail:Trail";
const wanted = ["isMultiRegionTrail", "enableLogFileValidation"] as const;

/** A trail often lies in a stack of the whole organisation: that none is here says nothing. */
export const auditTrail: Rule = {
  name: "dr-audit-trail",
  description:
    "A trail covers all Regions, proves its files, and encrypts them with a customer key.",
  why: "A failover acts in Regions that nobody looks at otherwise; the trail is what tells who did what.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps: "Set isMultiRegionTrail, enableLogFileValidation and kmsKeyId of the trail.",
  framework: sox("Section 404", "Evidence of who changed what"),
  url: awsPages.trails,
  validateResource: ({ type, props }, report) => {
    if (type !== trailType) return;
    const open: string[] = [];
    for (const name of wanted) {
      const isOn = known(() => props[name]);
      if (isOn === UNKNOWN) open.push(name);
      else if (isOn !== true) {
        report(`${name} must be true, got ${isOn ?? "nothing"}. Turn it on.`);
      }
    }
    if (known(() => props.kmsKeyId) === undefined) {
      report("kmsKeyId must name a customer key, got nothing. Give one that the auditors may use.");
    }
    uncheckable(...open);
  },
};
