import type { PolicyConfigSchema, StackValidationPolicy } from "@pulumi/policy";
import { type Edge, edgesOf } from "../../runtime/core/cells/edges/edges.js";
import { type ResidencyZone, zoneOf } from "../../runtime/core/cells/residency.js";
import { placedResources } from "../placement.js";
import type { RuleText } from "../rule.js";
import { gdpr } from "./frameworks.js";

const configSchema: PolicyConfigSchema = {
  properties: {
    allowedTransfers: {
      type: "array",
      items: { type: "string", pattern: "^[a-z-]+>[a-z-]+$" },
      default: [],
      description: 'Zones between which data may go, as "eu>uk": one entry a direction.',
    },
    regionsElsewhere: {
      type: "object",
      additionalProperties: { type: "string" },
      default: {},
      description:
        "Regions of what other stacks hold, by the name or ARN that this one gives for it.",
    },
  },
};

interface Config {
  readonly allowedTransfers?: readonly string[];
  readonly regionsElsewhere?: Readonly<Record<string, string>>;
}

/** Whatever copies data for recovery copies all of it: a law that the data left cannot be met later. */
export const dataWithinResidency: StackValidationPolicy & RuleText = {
  name: "dr-data-within-residency",
  description: "Every copy of data stays in the residency zone that it comes from.",
  why: "Data that was copied under another law cannot be called back.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Replicate to a Region of the same zone, split the data into two cells, or allow the transfer in the pack's configuration.",
  framework: gdpr("Chapter V", "Transfers of personal data to third countries"),
  url: "https://gdpr-info.eu/chapter-5/",
  configSchema,
  validateStack: (args, report) => {
    const { allowedTransfers = [], regionsElsewhere } = args.getConfig<Config>();
    for (const edge of edgesOf(placedResources(args), regionsElsewhere)) {
      const problem = problemOf(edge, allowedTransfers);
      if (problem) report(problem, edge.urn);
    }
  },
};

function problemOf(edge: Edge, allowedTransfers: readonly string[]): string | undefined {
  const { from, to, path } = edge;
  if (from !== undefined && from === to) return undefined;
  if (from === undefined || to === undefined) {
    const known = from ?? to;
    const end = from === undefined ? "come from" : "go to";
    return `${path} must ${end} a Region that is known at preview, got one that is not${known ? ` (the other end is ${known})` : ""}. Name the Region, give an ARN or a name that holds it, or tell regionsElsewhere of the pack's configuration.`;
  }
  const [source, target] = [zoneOf(from), zoneOf(to)];
  if (source !== undefined && source === target) return undefined;
  if (source && target && allowedTransfers.includes(`${source}>${target}`)) return undefined;
  return (
    `${path} must keep data in its residency zone, got ${placeOf(from, source)} to ${placeOf(to, target)}. ` +
    "Use a Region of the same zone, or two cells that share no data."
  );
}

function placeOf(region: string, zone: ResidencyZone | undefined): string {
  return `${region} (${zone ?? "no zone that this release knows"})`;
}
