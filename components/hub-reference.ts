import type * as pulumi from "@pulumi/pulumi";
import { type HubAddress, hubNames } from "./names.js";

/**
 * What groups and plans must know of the hub that keeps them. An {@link OrchestrationHub} is one;
 * a hub of another stack is described by {@link hubReference}.
 */
export interface HubReference {
  readonly environment: string;
  readonly homeRegion: string;
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
