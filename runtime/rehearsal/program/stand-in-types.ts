import type { Properties } from "./sdk.js";
import { knownText } from "./wire.js";

/** What the outputs of a resource are computed from. */
export interface Making {
  readonly inputs: Properties;
  /** The name that AWS would know it by: given, or made from the Pulumi name. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Hexadecimal digits that differ from resource to resource and never change. */
  readonly digits: string;
}

/** What AWS answers when it made a resource. */
export interface Made {
  readonly id: string;
  readonly outputs: Properties;
}

/** How resources of one type are made. */
export interface StandInType {
  /** Input that carries the name; it is made up when absent, as the provider does. */
  readonly nameInput?: string;
  readonly make: (making: Making) => Made;
}

/** Types whose outputs are computed. Others echo their inputs, and what else they have stays unknown. */
export const standInTypes: Readonly<Record<string, StandInType>> = {
  "aws:cloudwatch/dashboard:Dashboard": {
    nameInput: "dashboardName",
    make: (making) => ({
      id: making.name,
      outputs: { dashboardArn: globalArn(making, "cloudwatch", `dashboard/${making.name}`) },
    }),
  },
  "aws:cloudwatch/eventRule:EventRule": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "events", `rule/${making.name}`), eventBusName: "default" },
  })),
  "aws:cloudwatch/eventTarget:EventTarget": {
    nameInput: "targetId",
    make: ({ inputs, name }) => ({ id: `${text(inputs.rule)}-${name}`, outputs: {} }),
  },
  "aws:cloudwatch/logGroup:LogGroup": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "logs", `log-group:${making.name}`),
      logGroupClass: "STANDARD",
    },
  })),
  "aws:cloudwatch/metricAlarm:MetricAlarm": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "cloudwatch", `alarm:${making.name}`) },
  })),
  "aws:dynamodb/table:Table": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "dynamodb", `table/${making.name}`),
      billingMode: "PROVISIONED",
      tableClass: "STANDARD",
    },
  })),
  "aws:dynamodb/tableItem:TableItem": { make: tableItem },
  "aws:iam/policy:Policy": named((making) => {
    const arn = globalArn(making, "iam", `policy${pathOf(making)}${making.name}`, making.account);
    return { id: arn, outputs: { arn, path: "/", policyId: `ANPA${capitals(making)}` } };
  }),
  "aws:iam/role:Role": named((making) => ({
    id: making.name,
    outputs: {
      arn: globalArn(making, "iam", `role${pathOf(making)}${making.name}`, making.account),
      maxSessionDuration: 3600,
      path: "/",
      uniqueId: `AROA${capitals(making)}`,
    },
  })),
  "aws:iam/rolePolicy:RolePolicy": named(({ inputs, name }) => ({
    id: `${text(inputs.role)}:${name}`,
    outputs: {},
  })),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    make: ({ inputs }) => ({ id: `${text(inputs.role)}/${text(inputs.policyArn)}`, outputs: {} }),
  },
  "aws:kms/alias:Alias": named((making) => ({
    id: making.name,
    outputs: { arn: arnOf(making, "kms", making.name) },
  })),
  "aws:kms/key:Key": {
    make: (making) => {
      const keyId = uuid(making);
      return { id: keyId, outputs: { arn: arnOf(making, "kms", `key/${keyId}`), keyId } };
    },
  },
  "aws:lambda/function:Function": named(lambdaFunction),
  "aws:lambda/permission:Permission": {
    nameInput: "statementId",
    make: ({ name }) => ({ id: name, outputs: {} }),
  },
  "aws:s3/bucket:Bucket": {
    nameInput: "bucket",
    make: (making) => ({
      id: making.name,
      outputs: {
        arn: globalArn(making, "s3", making.name),
        bucketDomainName: `${making.name}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${making.name}.s3.${making.region}.amazonaws.com`,
      },
    }),
  },
  "aws:scheduler/schedule:Schedule": named((making) => {
    const path = `${text(making.inputs.groupName) || "default"}/${making.name}`;
    const arn = arnOf(making, "scheduler", `schedule/${path}`);
    return { id: path, outputs: { arn, groupName: "default", state: "ENABLED" } };
  }),
  "aws:scheduler/scheduleGroup:ScheduleGroup": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "scheduler", `schedule-group/${making.name}`),
      state: "ACTIVE",
    },
  })),
  "aws:sfn/stateMachine:StateMachine": named((making) => {
    const arn = arnOf(making, "states", `stateMachine:${making.name}`);
    return { id: arn, outputs: { arn, status: "ACTIVE", type: "STANDARD" } };
  }),
  "aws:sns/topic:Topic": named((making) => {
    const arn = arnOf(making, "sns", making.name);
    return { id: arn, outputs: { arn, owner: making.account } };
  }),
  "aws:sns/topicPolicy:TopicPolicy": {
    make: ({ inputs, account }) => ({ id: text(inputs.arn), outputs: { owner: account } }),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    make: (making) => {
      const arn = `${text(making.inputs.topic)}:${uuid(making)}`;
      const pendingConfirmation = making.inputs.protocol === "email";
      return { id: arn, outputs: { arn, ownerId: making.account, pendingConfirmation } };
    },
  },
  "aws:sqs/queue:Queue": named((making) => {
    const url = `https://sqs.${making.region}.amazonaws.com/${making.account}/${making.name}`;
    return { id: url, outputs: { arn: arnOf(making, "sqs", making.name), url } };
  }),
  "aws:ssm/parameter:Parameter": named((making) => ({
    id: making.name,
    outputs: {
      arn: arnOf(making, "ssm", `parameter/${making.name.replace(/^\//, "")}`),
      version: 1,
    },
  })),
};

function named(make: (making: Making) => Made): StandInType {
  return { nameInput: "name", make };
}

function lambdaFunction(making: Making): Made {
  const arn = arnOf(making, "lambda", `function:${making.name}`);
  const gateway = `arn:${making.partition}:apigateway:${making.region}:lambda:path/2015-03-31/functions`;
  return {
    id: making.name,
    outputs: {
      architectures: ["x86_64"],
      arn,
      ephemeralStorage: { size: 512 },
      invokeArn: `${gateway}/${arn}/invocations`,
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${making.name}` },
      memorySize: 128,
      packageType: "Zip",
      qualifiedArn: `${arn}:$LATEST`,
      reservedConcurrentExecutions: -1,
      timeout: 3,
      tracingConfig: { mode: "PassThrough" },
      version: "$LATEST",
    },
  };
}

function tableItem({ inputs }: Making): Made {
  const keys = [inputs.hashKey, inputs.rangeKey].map(text).filter((key) => key !== "");
  const item = itemOf(inputs.item);
  const values = keys.map((key) => Object.values(item[key] ?? {}).join(""));
  return { id: [text(inputs.tableName), ...keys, ...values].join("|"), outputs: {} };
}

function itemOf(json: unknown): Readonly<Record<string, Properties>> {
  try {
    return JSON.parse(text(json)) as Readonly<Record<string, Properties>>;
  } catch {
    return {};
  }
}

function arnOf({ partition, region, account }: Making, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function globalArn({ partition }: Making, service: string, resource: string, account = ""): string {
  return `arn:${partition}:${service}::${account}:${resource}`;
}

function pathOf({ inputs }: Making): string {
  return knownText(inputs.path) ?? "/";
}

function capitals({ digits }: Making): string {
  return digits.slice(0, 17).toUpperCase();
}

function uuid({ digits }: Making): string {
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function text(value: unknown): string {
  return knownText(value) ?? "";
}
