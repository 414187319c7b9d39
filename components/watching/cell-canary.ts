import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { answerSeconds, canaryKeptDays, canaryRuntime } from "../../runtime/limits.js";
import { checked, Problems, type Rule, type Transform, within } from "../arguments.js";
import { type Cell, cellContract, checkCell } from "../cells/cell.js";
import { checkedKeyArn, checkKeyArns, type KeyArns } from "../cells/keys.js";
import { inRegion, type PerRegion, perRegion, regionsProblem } from "../cells/regional.js";
import { canaryNameOf, maxCanaryCharacters } from "./canary-names.js";
import { regionalCanary } from "./regional-canary.js";

/** What a {@link CellCanary} needs to know. */
export interface CellCanaryArgs {
  readonly cell: Cell;
  /** For each Region, the URL that it answers with success while it can serve: of itself, no name that fails over. */
  readonly healthUrls: PerRegion<pulumi.Input<string>>;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey for `s3`. */
  readonly keyArns: KeyArns;

  /**
   * What both canaries are called. By default as the cell, `<environment>-<cell>`; where that has more
   * than 21 characters, its beginning and a digest.
   */
  readonly canaryName?: string;

  /**
   * How long an answer may take.
   *
   * @unit seconds
   * @defaultValue 10
   */
  readonly answerSeconds?: number;

  /**
   * How long the records of runs are kept.
   *
   * @unit days, whole
   * @defaultValue 31
   */
  readonly canaryKeptDays?: number;

  /** Runtime of Synthetics, with Node.js. `syn-nodejs-puppeteer-15.0` by default; AWS retires old ones. */
  readonly runtimeVersion?: string;

  /** Last word on each canary's arguments. Its name must stay. */
  readonly transformCanary?: Transform<aws.synthetics.CanaryArgs>;

  /** Last word on the arguments of each canary's bucket. Its name must stay. */
  readonly transformBucket?: Transform<aws.s3.BucketArgs>;
}

/**
 * A canary in each Region of a cell that asks the other one each minute whether it can serve. A
 * CellWatch decides by what they find.
 */
export class CellCanary extends pulumi.ComponentResource {
  /** The canary that runs in a Region and asks the other one, under the Region's name: `canaries` of a CellWatch. */
  readonly canaries: PerRegion<string>;

  constructor(name: string, args: CellCanaryArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, healthUrls, keyArns, transformCanary, transformBucket } = args;
    const settings = settingsOf(args);
    const contract = { ...cellContract(cell), ...settings };
    super("aws-dr:watching:CellCanary", name, contract, opts);
    canaryProblems(args, settings).refuse(this);
    const child = { parent: this };

    perRegion(cell, (region, other) =>
      regionalCanary(
        name,
        {
          cell,
          region,
          other,
          canaryName: settings.canaryName,
          healthUrl: checked(this, `healthUrls["${other}"]`, [https], inRegion(healthUrls, other)),
          keyArn: checkedKeyArn(this, cell, keyArns, region),
          timeoutSeconds: settings.answerSeconds,
          keptDays: settings.canaryKeptDays,
          runtimeVersion: settings.runtimeVersion,
          ...(transformCanary && { transformCanary }),
          ...(transformBucket && { transformBucket }),
        },
        child,
      ),
    );

    this.canaries = perRegion(cell, () => settings.canaryName);
    this.registerOutputs({ ...contract, canaries: this.canaries });
  }
}

interface CanarySettings {
  readonly canaryName: string;
  readonly answerSeconds: number;
  readonly canaryKeptDays: number;
  readonly runtimeVersion: string;
}

function settingsOf(args: CellCanaryArgs): CanarySettings {
  return {
    canaryName: args.canaryName ?? canaryNameOf(args.cell),
    answerSeconds: args.answerSeconds ?? answerSeconds.default,
    canaryKeptDays: args.canaryKeptDays ?? canaryKeptDays.default,
    runtimeVersion: args.runtimeVersion ?? canaryRuntime,
  };
}

function canaryProblems(args: CellCanaryArgs, settings: CanarySettings): Problems {
  const problems = new Problems();
  const { cell, healthUrls } = args;
  checkCell(problems, cell);
  checkKeyArns(problems, cell, args.keyArns);
  problems.add("healthUrls", regionsProblem(cell, healthUrls));
  for (const [region, url] of Object.entries(healthUrls)) {
    if (typeof url === "string") problems.check(`healthUrls["${region}"]`, https, url);
  }
  problems.check("canaryName", canaryName, settings.canaryName);
  problems.check("answerSeconds", within(answerSeconds), settings.answerSeconds);
  problems.check("canaryKeptDays", within(canaryKeptDays), settings.canaryKeptDays);
  problems.check("runtimeVersion", runtimeVersion, settings.runtimeVersion);
  return problems;
}

const https: Rule<string> = (url) =>
  /^https:\/\/[^\s/]+(\/\S*)?$/.test(url)
    ? undefined
    : `must be a URL over https, got "${url}". An answer that anybody can forge decides nothing`;

const canaryName: Rule<string> = (name) =>
  /^[a-z][a-z0-9-]*$/.test(name) && name.length <= maxCanaryCharacters
    ? undefined
    : `must be 1 to ${maxCanaryCharacters} lower-case letters, digits and hyphens, beginning with a letter, got "${name}". A longer one is cut in the name of its log`;

/** The scripts of older runtimes lie elsewhere in their archives, and those of other families are no Node.js. */
const runtimeVersion: Rule<string> = (version) => {
  const [, major = "0"] = /^syn-nodejs-puppeteer-(\d+)\.\d+$/.exec(version) ?? [];
  return Number(major) >= 11
    ? undefined
    : `must be syn-nodejs-puppeteer-11.0 or later, got "${version}". Take one of "aws synthetics describe-runtime-versions"`;
};
