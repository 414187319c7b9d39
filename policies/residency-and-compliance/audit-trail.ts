import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { auditTrails, type CellContract, cellsOf, contractsOf } from "../contracts.js";
import { type Finding, lookAtEach, problem, unknownAt } from "../findings.js";
import { known, UNKNOWN } from "../known.js";
import { regionOf } from "../placement.js";
import { accountOf } from "../provider-account.js";
import { awsPages, type Rule } from "../rule.js";
import { sox } from "./frameworks.js";

const trailType = "aws:cloudtrail/trail:Trail";

/** A trail often lies in a stack of the whole organisation: an AuditTrail then names it. */
export const auditTrail: Rule = {
  name: "dr-audit-trail",
  description:
    "A trail records every Region of each cell, proves its files, and encrypts them with a customer key.",
  why: "A failover acts in Regions that nobody looks at otherwise; the trail is what tells who did what.",
  enforcementLevel: "advisory",
  severity: "medium",
  remediationSteps:
    "Add an AuditTrail, or name the trail elsewhere; set isMultiRegionTrail, enableLogFileValidation and kmsKeyId of other trails.",
  framework: sox("Section 404", "Evidence of who changed what"),
  url: awsPages.trails,
  validateStack: (args, report) => {
    for (const { resource, contract } of cellsOf(args)) {
      const unrecorded = regionsOf(contract).filter(
        (region) => !isRecorded(args, contract, region),
      );
      if (unrecorded.length > 0) report(unrecordedProblem(contract, unrecorded), resource.urn);
    }
    const ofCells = new Set(cellsOf(args).flatMap(({ contract }) => regionsOf(contract)));
    const look = (trail: PolicyResource) => findingsOf(trail, ofCells);
    lookAtEach(args, ({ type }) => (type === trailType ? look : undefined), report);
  },
};

function regionsOf({ primaryRegion, recoveryRegion }: CellContract): readonly string[] {
  return [primaryRegion, recoveryRegion];
}

function unrecordedProblem({ cell, account }: CellContract, regions: readonly string[]): string {
  return (
    `cell "${cell}" must have an audit trail that records ${regions.join(" and ")}, got none. ` +
    `Add an AuditTrail, or give it elsewhere: the ARN of the one that records account ${account}.`
  );
}

/** Whether a trail of the stack, or one that a component names, records a Region of an account. */
function isRecorded(args: StackValidationArgs, { account }: CellContract, region: string): boolean {
  const isElsewhere = contractsOf(args, auditTrails).some(
    ({ contract }) => contract.elsewhere !== undefined && contract.account === account,
  );
  return (
    isElsewhere ||
    args.resources.some(
      (one) => one.type === trailType && isInAccount(one, account) && reaches(one, region),
    )
  );
}

/** A trail of a provider that names no account may be of any. */
function isInAccount({ provider }: PolicyResource, account: string): boolean {
  const own = accountOf(provider);
  return own === UNKNOWN || own === account;
}

function reaches(trail: PolicyResource, region: string): boolean {
  const isEverywhere = known(() => trail.props.isMultiRegionTrail);
  return isEverywhere === true || isEverywhere === UNKNOWN || regionOf(trail) === region;
}

/** A trail of one Region has its place where a cell lies, whose other Region has one too. */
function findingsOf(trail: PolicyResource, ofCells: ReadonlySet<string>): readonly Finding[] {
  const isOfCell = ofCells.has(regionOf(trail) ?? "");
  return [
    ...(isOfCell ? [] : isOn(trail, "isMultiRegionTrail")),
    ...isOn(trail, "enableLogFileValidation"),
    ...(known(() => trail.props.kmsKeyId) === undefined
      ? problem(
          "kmsKeyId must name a customer key, got nothing. Give one that the auditors may use.",
        )
      : []),
  ];
}

function isOn({ props }: PolicyResource, name: string): readonly Finding[] {
  const value = known(() => props[name]);
  if (value === UNKNOWN) return unknownAt(name);
  if (value === true) return [];
  return problem(`${name} must be true, got ${value ?? "nothing"}. Turn it on.`);
}
