import { beforeAll, describe, expect, test } from "vitest";
import { ContainerService, type ContainerServiceArgs } from "../../../components/index.js";
import { orders } from "../../support/cells.js";
import {
  goldenList,
  type MockRun,
  refusalOf,
  runProgram,
  shapeOf,
} from "../../support/pulumi-mocks.js";

const registry = "111122223333.dkr.ecr.us-west-2.amazonaws.com";

const args: ContainerServiceArgs = {
  cell: orders,
  network: {
    region: "us-west-2",
    vpcId: "vpc-1",
    publicSubnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    privateSubnetIds: ["subnet-4", "subnet-5", "subnet-6"],
  },
  service: "api",
  tasks: { resting: 10, normal: 20, failover: 50 },
  image: `${registry}/orders/api:1.4.0`,
  containerPort: 8080,
  certificateArn: "arn:aws:acm:us-west-2:111122223333:certificate/1",
  healthCheckPath: "/health/deep",
};

const policyType = "aws:iam/rolePolicy:RolePolicy";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

function service(changes: Partial<ContainerServiceArgs> = {}) {
  return () => new ContainerService("api-us-west-2", { ...args, ...changes });
}

function statementsOf(run: MockRun, policy: string) {
  return JSON.parse(String(run.one(policyType, policy).inputs.policy)).Statement;
}

describe("a container service", () => {
  let run: MockRun;
  beforeAll(async () => {
    run = await runProgram(service());
  });

  test("registers what the golden list says", async () => {
    await expect(goldenList(run)).toMatchFileSnapshot("../golden/container-service.txt");
  });

  test("registers at preview what it registers at update", async () => {
    const preview = await runProgram(service(), { preview: true });
    expect(shapeOf(preview)).toEqual(shapeOf(run));
  });

  test("repeats its contract in its outputs, with names that are known at preview", async () => {
    const preview = await runProgram(service(), { preview: true });
    const [component] = preview.of("aws-dr:compute:ContainerService");
    expect(component?.inputs).toEqual({
      environment: "shop",
      cell: "orders",
      account: "111122223333",
      residency: "us",
      primaryRegion: "us-east-1",
      recoveryRegion: "us-west-2",
      region: "us-west-2",
      service: "api",
      capacity: { unit: "tasks", resting: 10, normal: 20, failover: 50 },
      imageRegistryRegion: "us-west-2",
      healthCheckPath: "/health/deep",
    });
    expect(component?.outputs).toMatchObject({
      ...component?.inputs,
      clusterName: "shop-orders-api",
      serviceName: "shop-orders-api",
      scalableResourceId: "service/shop-orders-api/shop-orders-api",
      taskRoleName: "shop-orders-api-task-us-west-2",
    });
  });

  test("scales from rest to failover, and leaves alone what a failover raises", () => {
    const target = run.one("aws:appautoscaling/target:Target", "api-us-west-2-scaling");
    expect(target.inputs).toMatchObject({ minCapacity: 10, maxCapacity: 50 });
    expect(target.ignoreChanges).toEqual(["minCapacity"]);
    const running = run.one("aws:ecs/service:Service", "api-us-west-2-service");
    expect(running.inputs.desiredCount).toBe(10);
    expect(running.ignoreChanges).toEqual(["desiredCount"]);
  });

  test("lets ECS pull this image and write this log, and its tasks do nothing", () => {
    expect(statementsOf(run, "api-us-west-2-execution-start")).toEqual([
      {
        Sid: "EnterRegistry",
        Effect: "Allow",
        Action: ["ecr:GetAuthorizationToken"],
        Resource: ["*"],
      },
      {
        Sid: "PullImage",
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
        ],
        Resource: ["arn:aws:ecr:us-west-2:111122223333:repository/orders/api"],
      },
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["arn:aws:logs:us-west-2:111122223333:log-group:/shop-orders/api:*"],
      },
    ]);
    expect(run.of(policyType)).toHaveLength(1);
  });

  test("names secrets to ECS, which alone reads them, and keeps no value of them", async () => {
    const secret = "arn:aws:secretsmanager:us-west-2:111122223333:secret:orders-db-AbCdEf";
    const key = "arn:aws:kms:us-west-2:111122223333:key/1";
    const withSecrets = await runProgram(
      service({ secretArns: { DB: secret }, secretKeyArn: key, environment: { LEVEL: "info" } }),
    );
    expect(statementsOf(withSecrets, "api-us-west-2-execution-secrets")).toEqual([
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: [secret],
      },
      { Sid: "DecryptSecrets", Effect: "Allow", Action: ["kms:Decrypt"], Resource: [key] },
    ]);
    const task = withSecrets.one("aws:ecs/taskDefinition:TaskDefinition", "api-us-west-2-task");
    const [container] = JSON.parse(String(task.inputs.containerDefinitions));
    expect(container).toMatchObject({
      environment: [{ name: "LEVEL", value: "info" }],
      secrets: [{ name: "DB", valueFrom: secret }],
    });
  });

  test("keeps its load balancer and no access logs unless told otherwise", async () => {
    const name = "api-us-west-2-balancer";
    expect(run.one(balancerType, name).inputs).toMatchObject({ enableDeletionProtection: true });
    expect(run.one(balancerType, name).inputs.accessLogs).toBeUndefined();
    const other = await runProgram(service({ keepLoadBalancer: false, accessLogsBucket: "logs" }));
    expect(other.one(balancerType, name).inputs).toMatchObject({
      enableDeletionProtection: false,
      accessLogs: { enabled: true, bucket: "logs", prefix: "shop-orders-api" },
    });
  });

  test("hands arguments to the transforms last", async () => {
    const tags = { Owner: "orders" };
    const tagged = await runProgram(
      service({
        logKeyArn: "arn:aws:kms:us-west-2:111122223333:key/1",
        transformTaskDefinition: (given) => ({ ...given, tags }),
        transformService: (given) => ({ ...given, tags }),
        transformLoadBalancer: (given) => ({ ...given, tags }),
      }),
    );
    const named = tagged.resources.filter(({ inputs }) => inputs.tags !== undefined);
    expect(named.map(({ name }) => name)).toEqual([
      "api-us-west-2-service",
      "api-us-west-2-task",
      "api-us-west-2-balancer",
    ]);
  });
});

describe("a container service refuses, before it creates anything,", () => {
  const elsewhere = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders/api:1.4.0";
  test.each<[string, Partial<ContainerServiceArgs>, readonly string[]]>([
    [
      "a standby without tasks, which Route 53 would call ill",
      { tasks: { resting: 0, normal: 20, failover: 50 } },
      ["tasks.resting must be 1 to 5000 tasks, got 0."],
    ],
    [
      "numbers of tasks that shrink, or are no numbers of tasks",
      { tasks: { resting: 10, normal: 5, failover: 4.5 } },
      [
        "tasks.failover must be a whole number of tasks, got 4.5.",
        "tasks.normal must not be below resting (10), got 5. Rest with less.",
        "tasks.failover must not be below normal (5), got 4.5. A failover brings the load of both Regions.",
      ],
    ],
    [
      "an image in the registry of another Region",
      { image: elsewhere },
      [
        `image must lie in a registry of "us-west-2", with tag or digest, such as 111122223333.dkr.ecr.us-west-2.amazonaws.com/orders:1, got "${elsewhere}". A registry elsewhere may be lost when it is needed.`,
      ],
    ],
    [
      "an image without a tag",
      { image: `${registry}/api` },
      [
        `image must lie in a registry of "us-west-2", with tag or digest, such as 111122223333.dkr.ecr.us-west-2.amazonaws.com/orders:1, got "${registry}/api". A registry elsewhere may be lost when it is needed.`,
      ],
    ],
    [
      "a certificate of another Region",
      { certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1" },
      [
        'certificateArn must be the ARN of a certificate in "us-west-2", got "arn:aws:acm:us-east-1:111122223333:certificate/1". A load balancer takes none of another Region.',
      ],
    ],
    [
      "a Region that is none of the cell's, and numbers that break their rules",
      {
        network: { ...args.network, region: "eu-west-1" },
        image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1",
        certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
        service: "API",
        containerPort: 0,
        healthCheckPath: "health",
        cpuUnits: 1,
        memoryMib: 1,
        targetCpuPercent: 100,
      },
      [
        'network.region must be one of the cell\'s (us-east-1, us-west-2), got "eu-west-1". Name one of them.',
        'service must be 1 to 40 lower-case letters, digits and hyphens, beginning with a letter, got "API".',
        "containerPort must be a port from 1 to 65535, got 0.",
        'healthCheckPath must begin with a slash, got "health". Name the path of a check that reaches all that a task needs.',
        "cpuUnits must be 256 to 16384 CPU units, 1,024 a vCPU, got 1.",
        "memoryMib must be 512 to 122880 MiB, got 1.",
        "targetCpuPercent must be 10 to 90 percent of the processor of all tasks, got 100.",
      ],
    ],
    [
      "names that leave none for its target group",
      { service: "api-of-everything" },
      [
        'cell.name must leave the target group at most 32 characters, got "shop-orders-api-of-everything-8080" with 34. Shorten the name of the cell or of its environment.',
      ],
    ],
    [
      "fewer than three public subnets",
      { network: { ...args.network, publicSubnetIds: ["subnet-1", "subnet-2"] } },
      [
        'network.publicSubnetIds must be three subnets or more, each of another zone, got "subnet-1", "subnet-2". Two are too few to lose one.',
      ],
    ],
    [
      "fewer than three private subnets",
      { network: { ...args.network, privateSubnetIds: [] } },
      [
        "network.privateSubnetIds must be three subnets or more, each of another zone, got none. Two are too few to lose one.",
      ],
    ],
  ])("%s", async (_title, changes, problems) => {
    const { message, children } = await refusalOf(service(changes));
    expect(message?.split("\n")).toEqual(problems);
    expect(children).toEqual([]);
  });
});
