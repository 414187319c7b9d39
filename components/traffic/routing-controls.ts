import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Problems, type Transform } from "../arguments.js";
import { type Cell, cellContract, cellPrefix, checkCell, regionsOf } from "../cells/cell.js";
import { checkNameLength } from "../cells/name-length.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { healthCheck } from "./health-checks.js";
import type { TrafficSwitch } from "./traffic-switch.js";

/** One of the five Regional endpoints at which the controls of a cluster are turned. */
export interface ClusterEndpoint {
  readonly endpoint: string;
  readonly region: string;
}

/** A cluster of Application Recovery Controller that stands already. */
export interface RoutingCluster {
  readonly arn: pulumi.Input<string>;
  readonly endpoints: pulumi.Input<readonly ClusterEndpoint[]>;
}

/** What {@link RoutingControls} need to know. */
export interface RoutingControlsArgs {
  readonly cell: Cell;
  /**
   * The cluster to make the controls in, such as that of another cell's controls. One is made when
   * absent, which costs some 1,800 dollars a month whatever stands in it.
   */
  readonly cluster?: RoutingCluster;
  /**
   * Whether the controls can be turned only while a third one, the gate, is on.
   *
   * @defaultValue false
   */
  readonly gate?: boolean;
  /** Last word on each health check's arguments. */
  readonly transformCheck?: Transform<aws.route53.HealthCheckArgs>;
}

/**
 * A routing control for each Region of a cell, turned at any of five Regional endpoints, and a rule
 * that one of them is always on.
 */
export class RoutingControls extends pulumi.ComponentResource implements TrafficSwitch {
  readonly turnsBy = "routing-control";
  /** For each Region, the check that is healthy while its control is on. */
  readonly checkIds: PerRegion<pulumi.Output<string>>;
  /** For each Region, what UpdateRoutingControlStates turns. Turn the primary's on once, before anybody depends on it. */
  readonly controlArns: PerRegion<pulumi.Output<string>>;
  /** What must be on before the others can be turned; none without a gate. */
  readonly gateArn: pulumi.Output<string> | undefined;
  /** The cluster, for the controls of other cells. */
  readonly cluster: {
    readonly arn: pulumi.Output<string>;
    readonly endpoints: pulumi.Output<readonly ClusterEndpoint[]>;
  };

  constructor(name: string, args: RoutingControlsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, gate = false, transformCheck } = args;
    const contract = { ...cellContract(cell), turnsBy: "routing-control", gate };
    super("aws-dr:traffic:RoutingControls", name, contract, opts);
    controlsProblems(cell).refuse(this);
    const child = { parent: this };

    this.cluster = clusterOf(name, args, child);
    const clusterArn = this.cluster.arn;
    const panel = new aws.route53recoverycontrol.ControlPanel(
      `${name}-panel`,
      { clusterArn, name: cellPrefix(cell) },
      child,
    );
    const control = (key: string) =>
      new aws.route53recoverycontrol.RoutingControl(
        `${name}-control-${key}`,
        { clusterArn, controlPanelArn: panel.arn, name: `${cellPrefix(cell)}-${key}` },
        child,
      );
    const controls = perRegion(cell, control);
    const checks = perRegion(cell, (region) =>
      healthCheck(
        `${name}-turned-${region}`,
        { type: "RECOVERY_CONTROL", routingControlArn: inRegion(controls, region).arn },
        transformCheck,
        child,
      ),
    );
    this.controlArns = perRegion(cell, (region) => inRegion(controls, region).arn);
    this.gateArn = gate ? control("gate").arn : undefined;
    safetyRules(name, cell, { panelArn: panel.arn, controls: this }, child);
    this.checkIds = perRegion(cell, (region) => inRegion(checks, region).id);
    addressesInBothRegions(name, cell, this, child);

    const { checkIds, controlArns, gateArn, cluster } = this;
    this.registerOutputs({ ...contract, checkIds, controlArns, gateArn, cluster });
  }
}

type Turned = Pick<RoutingControls, "controlArns" | "gateArn" | "cluster">;

function clusterOf(
  name: string,
  { cell, cluster }: RoutingControlsArgs,
  child: pulumi.CustomResourceOptions,
): RoutingControls["cluster"] {
  if (cluster) {
    return {
      arn: pulumi.output(cluster.arn),
      endpoints: pulumi.output(cluster.endpoints).apply((known) => known),
    };
  }
  const made = new aws.route53recoverycontrol.Cluster(
    `${name}-cluster`,
    { name: cellPrefix(cell) },
    child,
  );
  return { arn: made.arn, endpoints: made.clusterEndpoints };
}

/**
 * One control is always on: with none, Route 53 would answer with the primary, whatever was decided.
 * The rule looks only when a control is turned, so both may be off before the first was turned on.
 */
function safetyRules(
  name: string,
  cell: Cell,
  { panelArn, controls }: { readonly panelArn: pulumi.Output<string>; readonly controls: Turned },
  child: pulumi.CustomResourceOptions,
): void {
  const { controlArns, gateArn } = controls;
  const both = regionsOf(cell).map((region) => inRegion(controlArns, region));
  const rule = (key: string, own: Partial<aws.route53recoverycontrol.SafetyRuleArgs>) =>
    new aws.route53recoverycontrol.SafetyRule(
      `${name}-${key}`,
      {
        controlPanelArn: panelArn,
        name: `${cellPrefix(cell)}-${key}`,
        ruleConfig: { type: "ATLEAST", threshold: 1, inverted: false },
        waitPeriodMs: 5000,
        ...own,
      },
      child,
    );
  rule("one-on", { assertedControls: both });
  if (gateArn) rule("gated", { gatingControls: [gateArn], targetControls: both });
}

/** What an operator needs is written down in both Regions, because one of them may be gone. */
function addressesInBothRegions(
  name: string,
  cell: Cell,
  { controlArns, gateArn, cluster }: Turned,
  child: pulumi.CustomResourceOptions,
): void {
  const { endpoints } = cluster;
  const value = pulumi.jsonStringify({ endpoints, controlArns, ...(gateArn && { gateArn }) });
  for (const region of regionsOf(cell)) {
    const named = `/${cellPrefix(cell)}/routing-controls`;
    const description = "Where the cell's routing controls are turned";
    new aws.ssm.Parameter(
      `${name}-addresses-${region}`,
      { region, name: named, description, type: "String", value },
      child,
    );
  }
}

/** Longest names of clusters, panels, controls and rules. Source: Recovery Control Configuration API Reference. */
const maxCharacters = 64;

function controlsProblems(cell: Cell): Problems {
  const problems = new Problems();
  checkCell(problems, cell);
  const names = [...regionsOf(cell), "one-on"].map((key) => `${cellPrefix(cell)}-${key}`);
  const longest = names.toSorted((one, other) => other.length - one.length)[0] ?? "";
  checkNameLength(problems, "routing control of a Region", longest, maxCharacters);
  return problems;
}
