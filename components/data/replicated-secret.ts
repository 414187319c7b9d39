import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ignoredAfterFailover } from "../../runtime/core/cells/drift-guards.js";
import { recoveryWindowDays, rotateEveryDays } from "../../runtime/limits.js";
import { Problems, resourceName, type Transform, unchanged, within } from "../arguments.js";
import { type Cell, cellContract, cellPrefix, checkCell } from "../cells/cell.js";
import { checkKeyArns, type KeyArns } from "../cells/keys.js";
import { namedIn, type PerRegion, perRegion } from "../cells/regional.js";
import { onceThere } from "../named.js";
import { checkObjectives, type StoreObjectives } from "./objectives.js";

/** What a {@link ReplicatedSecret} needs to know. */
export interface ReplicatedSecretArgs {
  readonly cell: Cell;
  /** What the secret is called within the cell; its name in both Regions is `<environment>-<cell>-<name>`. */
  readonly name: string;
  /** Customer key of each Region, by the Region's name: `keyArns` of a CellKey. */
  readonly keyArns: KeyArns;

  /**
   * ARN of the function in the primary Region that makes the secret's values, from the first one on.
   * Without one the secret is created empty, for somebody to put a value into it.
   */
  readonly rotationFunctionArn?: pulumi.Input<string>;

  /**
   * How often the function makes a new value.
   *
   * @unit days between two values
   * @defaultValue 30
   */
  readonly rotateEveryDays?: number;

  /**
   * How long a secret that somebody deletes can still be brought back.
   *
   * @unit days from a deletion until the secret is gone
   * @defaultValue 30
   */
  readonly recoveryWindowDays?: number;

  /** What is promised of this secret; policies compare it with what the kind of copy can hold. */
  readonly objectives?: StoreObjectives;

  /** Whether the secret outlives a mistake. True by default. */
  readonly keepData?: boolean;

  /** Last word on the secret's arguments. The name must stay. */
  readonly transformSecret?: Transform<aws.secretsmanager.SecretArgs>;
}

/** A secret with a replica in the cell's other Region. Its value never passes through the deployment. */
export class ReplicatedSecret extends pulumi.ComponentResource {
  /** Name of the secret, the same in both Regions. */
  readonly secretName: pulumi.Output<string>;
  /** What policies call the secret in each Region, with `??????` for what AWS adds to its ARN. */
  readonly policyArns: PerRegion<pulumi.Output<string>>;

  constructor(name: string, args: ReplicatedSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cell, rotationFunctionArn, keepData = true, transformSecret = unchanged } = args;
    const contract = {
      ...cellContract(cell),
      name: args.name,
      mechanism: "secret-replica",
      recoveryWindowDays: args.recoveryWindowDays ?? recoveryWindowDays.default,
      keepData,
      ...(rotationFunctionArn !== undefined && {
        rotateEveryDays: args.rotateEveryDays ?? rotateEveryDays.default,
      }),
      ...(args.objectives && { objectives: args.objectives }),
    };
    super("aws-dr:data:ReplicatedSecret", name, contract, opts);
    problemsOf(args, contract).refuse(this);
    const { primary } = cell.regions;

    const secret = new aws.secretsmanager.Secret(
      `${name}-${primary}`,
      transformSecret(secretArgs(args, contract.recoveryWindowDays)),
      {
        parent: this,
        protect: keepData,
        ignoreChanges: ignoredAfterFailover("aws:secretsmanager/secret:Secret"),
      },
    );
    if (rotationFunctionArn !== undefined && contract.rotateEveryDays !== undefined) {
      this.#rotate(name, secret, rotationFunctionArn, contract);
    }

    this.secretName = secret.name;
    this.policyArns = perRegion(cell, (region) => {
      const pattern = `${cellPrefix(cell)}-${args.name}-??????`;
      return onceThere(secret.name, namedIn(cell, region, "secretsmanager", "secret:", pattern));
    });
    this.registerOutputs({
      ...contract,
      secretName: this.secretName,
      policyArns: this.policyArns,
    });
  }

  #rotate(
    name: string,
    secret: aws.secretsmanager.Secret,
    rotationLambdaArn: pulumi.Input<string>,
    { primaryRegion: region, rotateEveryDays: days }: Rotation,
  ): void {
    const child = { parent: this };
    const permission = new aws.lambda.Permission(
      `${name}-rotation-permission-${region}`,
      {
        region,
        function: rotationLambdaArn,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
        sourceArn: secret.arn,
      },
      child,
    );
    new aws.secretsmanager.SecretRotation(
      `${name}-rotation-${region}`,
      {
        region,
        secretId: secret.id,
        rotationLambdaArn,
        ...(days !== undefined && { rotationRules: { automaticallyAfterDays: days } }),
      },
      { ...child, dependsOn: permission },
    );
  }
}

interface Rotation {
  readonly primaryRegion: string;
  readonly rotateEveryDays?: number;
}

function secretArgs(
  { cell, name, keyArns }: ReplicatedSecretArgs,
  recoveryWindowInDays: number,
): aws.secretsmanager.SecretArgs {
  const { primary, recovery } = cell.regions;
  const encryptedIn = (region: string) => {
    const kmsKeyId = keyArns[region];
    return kmsKeyId === undefined ? {} : { kmsKeyId };
  };
  return {
    region: primary,
    name: `${cellPrefix(cell)}-${name}`,
    description: `Cell ${cellPrefix(cell)}: ${name}`,
    recoveryWindowInDays,
    ...encryptedIn(primary),
    replicas: [{ region: recovery, ...encryptedIn(recovery) }],
  };
}

function problemsOf(
  args: ReplicatedSecretArgs,
  days: { readonly recoveryWindowDays: number; readonly rotateEveryDays?: number },
): Problems {
  const problems = new Problems();
  const { cell, rotationFunctionArn: fn } = args;
  checkCell(problems, cell);
  problems.check("name", resourceName, args.name);
  checkKeyArns(problems, cell, args.keyArns);
  checkObjectives(problems, args.objectives);
  const { primary } = cell.regions;
  if (typeof fn === "string" && !fn.includes(`:lambda:${primary}:`)) {
    problems.add(
      "rotationFunctionArn",
      `must be a function in ${primary}, got "${fn}". A replica does not rotate`,
    );
  }
  if (days.rotateEveryDays !== undefined) {
    problems.check("rotateEveryDays", within(rotateEveryDays), days.rotateEveryDays);
  } else if (args.rotateEveryDays !== undefined) {
    problems.add(
      "rotateEveryDays",
      `must not be set without rotationFunctionArn, got ${args.rotateEveryDays}. Say who makes the values`,
    );
  }
  problems.check("recoveryWindowDays", within(recoveryWindowDays), days.recoveryWindowDays);
  return problems;
}
