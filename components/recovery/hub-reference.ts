import * as pulumi from "@pulumi/pulumi";
import { checked, type Rule } from "../arguments.js";
import { type HubAddress, hubNames } from "./names.js";

/**
 * What groups and plans must know of the hub that keeps them. An {@link OrchestrationHub} is one, and
 * so is the output of a stack that exports its hub; any other is described by {@link hubReference}.
 */
export interface HubReference {
  readonly environment: pulumi.Input<string>;
  readonly homeRegion: pulumi.Input<string>;
  readonly groupsTable: pulumi.Input<string>;
  readonly plansTable: pulumi.Input<string>;
  readonly executionFunctionArn: pulumi.Input<string>;
  readonly scheduleGroup: pulumi.Input<string>;
  readonly schedulesRoleArn: pulumi.Input<string>;
}

/** A hub that another stack deploys, by the names that all hubs follow. It must be deployed first. */
export function hubReference(address: HubAddress): HubReference {
  const names = hubNames(address);
  return {
    environment: address.environment,
    homeRegion: address.homeRegion,
    groupsTable: names.tables.groups.name,
    plansTable: names.tables.plans.name,
    executionFunctionArn: names.functions.execution.arn,
    scheduleGroup: names.scheduleGroup.name,
    schedulesRoleArn: names.schedulesRole.arn,
  };
}

/** The fields of a hub, whatever it was given as. Each fails the deployment where it is missing. */
export type HubFields = Readonly<Record<keyof HubReference, pulumi.Output<string>>>;

export function hubFields(
  component: pulumi.ComponentResource,
  hub: pulumi.Input<HubReference>,
): HubFields {
  const resolved = pulumi.output(hub);
  const field = (name: keyof HubReference) =>
    checked(
      component,
      `hub.${name}`,
      [told],
      resolved.apply((reference) => reference?.[name]),
    );
  return {
    environment: field("environment"),
    homeRegion: field("homeRegion"),
    groupsTable: field("groupsTable"),
    plansTable: field("plansTable"),
    executionFunctionArn: field("executionFunctionArn"),
    scheduleGroup: field("scheduleGroup"),
    schedulesRoleArn: field("schedulesRoleArn"),
  };
}

const told: Rule<string> = (value) =>
  typeof value === "string" && value !== ""
    ? undefined
    : `must be a text that the hub tells, got ${JSON.stringify(value) ?? "nothing"}. Pass the hub, hubReference(…), or an output by which a stack exports its hub`;
