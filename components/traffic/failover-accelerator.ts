import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { turnSeconds } from "../../runtime/core/cells/rto.js";
import { failureThreshold, trafficDialPercent } from "../../runtime/limits.js";
import { Problems, type Transform, unchanged, within } from "../arguments.js";
import { type Cell, cellContract, cellPrefix, checkCell, regionsOf } from "../cells/cell.js";
import { checkNameLength } from "../cells/name-length.js";
import { inRegion, type PerRegion, perRegion } from "../cells/regional.js";
import { requestInterval } from "./request-interval.js";

/** What a Region answers behind an accelerator. */
export interface AcceleratedEndpoint {
  /** ARN of a load balancer, or id of an elastic address. */
  readonly endpointId: pulumi.Input<string>;
  /**
   * Share of the traffic for which this Region is the nearest that it gets. At 0 it is a standby,
   * which still takes everything once no other Region is healthy.
   *
   * @unit percent
   * @defaultValue 100
   */
  readonly trafficDialPercent?: number;
}

/** What a {@link FailoverAccelerator} needs to know. */
export interface FailoverAcceleratorArgs {
  readonly cell: Cell;
  /** What each Region answers, under the Region's name. */
  readonly endpoints: PerRegion<AcceleratedEndpoint>;

  /** @defaultValue 443 */
  readonly port?: number;

  /**
   * Path that an elastic address is asked, by HTTPS. Load balancers are judged by the health of their
   * own targets.
   *
   * @defaultValue "/"
   */
  readonly checkPath?: string;

  /**
   * Time between two checks of an elastic address.
   *
   * @unit seconds, 10 or 30
   * @defaultValue 10
   */
  readonly requestIntervalSeconds?: number;

  /**
   * Checks that must fail before an elastic address is unhealthy.
   *
   * @unit requests in a row
   * @defaultValue 3
   */
  readonly failureThreshold?: number;

  /** Last word on each endpoint group's arguments. */
  readonly transformEndpointGroup?: Transform<aws.globalaccelerator.EndpointGroupArgs>;
}

/** Two addresses that never change, behind which both Regions of a cell answer. No resolver keeps an old answer. */
export class FailoverAccelerator extends pulumi.ComponentResource {
  /** Name to point an alias at. */
  readonly dnsName: pulumi.Output<string>;
  readonly hostedZoneId: pulumi.Output<string>;
  /** For each Region, what UpdateEndpointGroup dials. */
  readonly endpointGroupArns: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: FailoverAcceleratorArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, endpoints, port = 443, checkPath = "/" } = args;
    const detection = {
      requestIntervalSeconds: args.requestIntervalSeconds ?? 10,
      failureThreshold: args.failureThreshold ?? failureThreshold.default,
    };
    const dns = { ...detection, ttlSeconds: 0 };
    const dnsFailoverSeconds = turnSeconds("health", dns);
    const contract = { ...cellContract(cell), turnsBy: "health", ...dns, dnsFailoverSeconds };
    super("aws-dr:traffic:FailoverAccelerator", name, contract, opts);
    acceleratorProblems(args, detection).refuse(this);
    const child = { parent: this };

    const accelerator = new aws.globalaccelerator.Accelerator(
      `${name}-accelerator`,
      { name: cellPrefix(cell), ipAddressType: "IPV4", enabled: true },
      child,
    );
    const listener = new aws.globalaccelerator.Listener(
      `${name}-listener`,
      {
        acceleratorArn: accelerator.arn,
        protocol: "TCP",
        portRanges: [{ fromPort: port, toPort: port }],
      },
      child,
    );
    const groups = perRegion(cell, (region) => {
      const { transformEndpointGroup = unchanged } = args;
      const { endpointId, trafficDialPercent: dial } = inRegion(endpoints, region);
      const groupArgs = transformEndpointGroup({
        listenerArn: listener.arn,
        endpointGroupRegion: region,
        endpointConfigurations: [{ endpointId, weight: 128, clientIpPreservationEnabled: true }],
        healthCheckProtocol: "HTTPS",
        healthCheckPort: port,
        healthCheckPath: checkPath,
        healthCheckIntervalSeconds: detection.requestIntervalSeconds,
        thresholdCount: detection.failureThreshold,
        trafficDialPercentage: dial ?? trafficDialPercent.default,
      });
      return new aws.globalaccelerator.EndpointGroup(`${name}-group-${region}`, groupArgs, {
        ...child,
        ignoreChanges: ignoredAfterFailover("aws:globalaccelerator/endpointGroup:EndpointGroup"),
      });
    });

    this.dnsName = accelerator.dnsName;
    this.hostedZoneId = accelerator.hostedZoneId;
    this.endpointGroupArns = perRegion(cell, (region) => inRegion(groups, region).arn);
    const { dnsName, hostedZoneId, endpointGroupArns } = this;
    this.registerOutputs({ ...contract, dnsName, hostedZoneId, endpointGroupArns });
  }
}

/** Longest name of an accelerator. Source: CreateAccelerator, Global Accelerator API Reference. */
const maxCharacters = 64;

function acceleratorProblems(
  { cell, endpoints, checkPath = "/" }: FailoverAcceleratorArgs,
  detection: { readonly requestIntervalSeconds: number; readonly failureThreshold: number },
): Problems {
  const problems = new Problems();
  checkCell(problems, cell);
  checkNameLength(problems, "accelerator", cellPrefix(cell), maxCharacters);
  problems.check("requestIntervalSeconds", requestInterval, detection.requestIntervalSeconds);
  problems.check("failureThreshold", within(failureThreshold), detection.failureThreshold);
  if (!checkPath.startsWith("/")) {
    problems.add("checkPath", `must begin with "/", got "${checkPath}"`);
  }
  for (const region of regionsOf(cell)) {
    const endpoint = endpoints[region];
    const path = `endpoints["${region}"]`;
    if (endpoint === undefined) {
      const given = Object.keys(endpoints).join(", ") || "no Region";
      problems.add(path, `must say what the Region answers, got ${given}. Give one for each`);
    } else if (endpoint.trafficDialPercent !== undefined) {
      const rule = within(trafficDialPercent);
      problems.check(`${path}.trafficDialPercent`, rule, endpoint.trafficDialPercent);
    }
  }
  return problems;
}
