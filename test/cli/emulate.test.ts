import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import {
  DescribeJobsCommand,
  DescribeRecoveryInstancesCommand,
  DescribeSourceServersCommand,
  DrsClient,
  StartRecoveryCommand,
  TerminateRecoveryInstancesCommand,
} from "@aws-sdk/client-drs";
import { describe, expect, onTestFinished, test } from "vitest";
import { judgedEnvironment } from "../support/service-model/child.js";
import { ran, sixServersFile } from "./harness.js";

const fleetFile = "examples/emulated-fleet/fleet.yaml";

interface Spawned {
  readonly child: ChildProcessWithoutNullStreams;
  /** Its first line, which says that it is ready. */
  readonly line: string;
}

interface Ready {
  readonly endpoint: string;
  readonly control: string;
  readonly account: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Starts the built command on a free port, and ends it with the test. */
async function spawned(...options: readonly string[]): Promise<Spawned> {
  const argv = ["dist/runtime/cli/main.js", "emulate", "--port", "0", ...options];
  const child = spawn(process.execPath, argv, { stdio: "pipe", env: judgedEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, line };
}

async function ready(...options: readonly string[]): Promise<Ready> {
  const { line } = await spawned("--fleet", fleetFile, "--json", ...options);
  return JSON.parse(line) as Ready;
}

function clientOf({ endpoint, variables }: Ready): DrsClient {
  const { AWS_REGION: region = "", AWS_ACCESS_KEY_ID: accessKeyId = "" } = variables;
  const credentials = { accessKeyId, secretAccessKey: "emulated" };
  const client = new DrsClient({ endpoint, region, credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
}

async function jobStatus(client: DrsClient, jobID: string): Promise<string | undefined> {
  const { items = [] } = await client.send(
    new DescribeJobsCommand({ filters: { jobIDs: [jobID] } }),
  );
  return items[0]?.status;
}

/** Lists, starts, polls, terminates and polls again; `wait` is what a client does between polls. */
async function walk(client: DrsClient, wait: () => Promise<unknown>): Promise<number> {
  const finished = async (jobID = ""): Promise<void> => {
    while ((await jobStatus(client, jobID)) !== "COMPLETED") await wait();
  };
  const { items = [] } = await client.send(new DescribeSourceServersCommand({}));
  const sourceServers = items
    .filter(({ tags }) => tags?.Tier === "web")
    .map(({ sourceServerID }) => ({ sourceServerID }));
  const started = await client.send(new StartRecoveryCommand({ sourceServers, isDrill: true }));
  await finished(started.job?.jobID);
  const launched = await client.send(new DescribeRecoveryInstancesCommand({}));
  const recoveryInstanceIDs = (launched.items ?? []).map((one) => one.recoveryInstanceID ?? "");
  const ended = await client.send(new TerminateRecoveryInstancesCommand({ recoveryInstanceIDs }));
  await finished(ended.job?.jobID);
  expect((await client.send(new DescribeRecoveryInstancesCommand({}))).items).toEqual([]);
  return recoveryInstanceIDs.length;
}

describe("aws-dr emulate", () => {
  test("serves a whole drill on a virtual clock that its control endpoint moves", async () => {
    const emulator = await ready("--clock", "virtual", "--start-at", "2026-01-24T02:00:00Z");
    const post = (advanceSeconds: number) =>
      fetch(`${emulator.control}/clock`, {
        method: "POST",
        body: JSON.stringify({ advanceSeconds }),
      });
    expect(await walk(clientOf(emulator), () => post(60))).toBe(4);
    const clock = Object(await (await fetch(`${emulator.control}/clock`)).json());
    expect(clock).toMatchObject({ kind: "virtual", now: expect.stringMatching(/^2026-01-24T02:/) });
  });

  test("serves a whole drill on a clock that each read moves on, to a client that never waits", async () => {
    const emulator = await ready("--clock", "virtual", "--auto-advance", "30");
    expect(await walk(clientOf(emulator), () => Promise.resolve())).toBe(4);
  });

  test("serves a whole drill in real time, a thousand times faster", async () => {
    const emulator = await ready("--speed", "1000");
    const turn = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));
    expect(await walk(clientOf(emulator), turn)).toBe(4);
  });

  test("takes an environment file for its fleet", async () => {
    const { line } = await spawned("--fleet", sixServersFile, "--json");
    const emulator = JSON.parse(line) as Ready;
    expect(emulator.account).toBe("555566667777");
    const { items } = await clientOf(emulator).send(new DescribeSourceServersCommand({}));
    expect(items).toHaveLength(6);
  });

  test("prints one line that a shell can take, and ends well when interrupted", async () => {
    const { child, line } = await spawned("--fleet", fleetFile, "--account", "444455556666");
    expect(line).toMatch(
      /^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+ AWS_ACCESS_KEY_ID=444455556666 AWS_SECRET_ACCESS_KEY=emulated AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 # 11 servers in 3 lanes, control: http:\/\/127\.0\.0\.1:\d+\/_dr$/,
    );
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([0, null]);
  });

  test("refuses a fleet with problems, each with its line", async () => {
    const { code, stdout, stderr } = await ran(["emulate", "--fleet", "package.json"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^aws-dr: package\.json is not a valid fleet\npackage\.json:\d+: /);
  });

  test("refuses a port that is taken, and an address that is not of this machine", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const argv = ["emulate", "--fleet", fleetFile];
    expect(await ran([...argv, "--port", port])).toEqual({
      code: 1,
      stdout: "",
      stderr: `aws-dr: --port must be free on 127.0.0.1, got ${port}. Choose another; 0 takes any free one.\n`,
    });
    expect(await ran([...argv, "--port", "0", "--host", "192.0.2.1"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        '--host must be an address of this machine, got "192.0.2.1".',
      ),
    });
  });

  test.each([
    [["emulate"], /required option '--fleet <file>' not specified/],
    [["emulate", "--fleet", fleetFile, "--port", "65536"], /It must be a port, 0 to 65535/],
    [["emulate", "--fleet", fleetFile, "--speed", "0"], /It must be a number above 0/],
    [["emulate", "--fleet", fleetFile, "--start-at", "noon"], /It must be a moment/],
    [["emulate", "--fleet", fleetFile, "--account", "1"], /It must be the 12 digits/],
    [["emulate", "--fleet", fleetFile, "--clock", "sun"], /Allowed choices are real, virtual/],
    [
      ["emulate", "--fleet", fleetFile, "--clock", "virtual", "--speed", "2"],
      /--speed must be given with --clock real alone\. Use --auto-advance, or move it\./,
    ],
    [
      ["emulate", "--fleet", fleetFile, "--auto-advance", "2"],
      /--auto-advance must be given with --clock virtual alone\. Use --speed\./,
    ],
  ])("%j is wrong use", async (argv, why) => {
    const { code, stdout, stderr } = await ran(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(why);
  });
});
