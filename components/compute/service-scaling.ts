import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import type { Capacity } from "./capacity.js";
import type { ServiceNames } from "./names.js";

interface ScalingSettings {
  readonly region: string;
  readonly names: ServiceNames;
  readonly running: aws.ecs.Service;
  readonly tasks: Capacity;
  readonly targetCpuPercent: number;
}

const what = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" } as const;

/** Scales between rest and failover. One call, RegisterScalableTarget, raises the floor. */
export function serviceScaling(
  name: string,
  { region, names, running, tasks, targetCpuPercent }: ScalingSettings,
  child: pulumi.CustomResourceOptions,
): aws.appautoscaling.Target {
  const target = new aws.appautoscaling.Target(
    `${name}-scaling`,
    {
      region,
      resourceId: running.name.apply(() => names.scalable),
      ...what,
      minCapacity: tasks.resting,
      maxCapacity: tasks.failover,
    },
    { ...child, ignoreChanges: ignoredAfterFailover("aws:appautoscaling/target:Target") },
  );
  new aws.appautoscaling.Policy(
    `${name}-scaling-by-cpu`,
    {
      region,
      name: `${names.service}-cpu`,
      policyType: "TargetTrackingScaling",
      resourceId: target.resourceId,
      ...what,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        targetValue: targetCpuPercent,
        scaleOutCooldown: 60, // seconds
        scaleInCooldown: 300, // seconds
      },
    },
    child,
  );
  return target;
}
