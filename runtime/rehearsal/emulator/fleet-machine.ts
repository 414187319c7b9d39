import { z } from "zod";
import {
  accountId,
  atLeastOne,
  listOf,
  region,
  text,
  whole,
  wordings,
} from "../../environment/parts.js";
import type { FleetServer } from "../services/drs/drs.js";
import { hexOf } from "../services/hashing.js";

/** Where in AWS the servers of a set run; servers without it come from outside. */
export const originPart = z.strictObject({
  account: accountId,
  region,
  availabilityZone: text(
    /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/,
    "an Availability Zone of the origin's Region",
    'Write its name, as in "us-east-1b", or leave it out for the first one.',
  ).optional(),
  /** Which source networks are told by. */
  vpc: text(
    /^vpc-[0-9a-f]{8}([0-9a-f]{9})?$/,
    'the id of a VPC ("vpc-" and 8 or 17 hexadecimal digits)',
    "Copy the id from the VPC console, or leave it out.",
  ).optional(),
});

const diskGibibytes = whole({
  unit: "gibibytes",
  min: 1,
  max: 65_536,
  default: 8,
  why: "one disk; no EBS volume is larger than 64 TiB",
});

/** Disks that DRS replicates of one server. Source: API model, replicatedDisks. */
const maxDisks = 60;

/** What the servers of a set are made of; one Linux disk of 8 GiB, 2 cores and 4 GiB where absent. */
export const machinePart = z.strictObject({
  operatingSystem: z
    .enum(["linux", "windows"])
    .register(wordings, { rule: "linux or windows", remedy: "Choose one of both." })
    .optional(),
  diskGibibytes: listOf(diskGibibytes, "sizes of disks")
    .min(1)
    .max(maxDisks)
    .register(wordings, {
      rule: `a list of 1 to ${maxDisks} sizes of disks`,
      remedy: "Give the size of each disk, the boot disk first.",
    })
    .optional(),
  cores: whole({
    unit: "cores",
    min: 1,
    max: 1_024,
    default: 2,
    why: "no instance type has as many",
  }).optional(),
  ramGibibytes: whole({
    unit: "gibibytes",
    min: 1,
    max: 32_768,
    default: 4,
    why: "no instance type has more",
  }).optional(),
});

/** Names of the servers of a set, one for each. */
export const hostnamesPart = atLeastOne(
  text(
    /^[\s\S]{1,256}$/,
    "a name of 1 to 256 characters",
    "Write the name that the server has in its own network.",
  ),
  "hostname",
);

/** What a fleet file says of the machines of a set. */
export interface DeclaredMachines {
  readonly hostnames?: readonly string[] | undefined;
  readonly origin?: z.infer<typeof originPart> | undefined;
  readonly machine?: z.infer<typeof machinePart> | undefined;
}

/** The machine, origin and name of one server of a set. Its instance in EC2 follows from its id. */
export function machineOfServer(
  { hostnames, origin, machine }: DeclaredMachines,
  { server, hostname }: Pick<FleetServer, "server" | "hostname">,
  place: number,
): Pick<FleetServer, "hostname" | "machine" | "origin"> {
  const named = hostnames?.[place];
  if (!origin && !machine) return { hostname: named ?? hostname };
  const awsInstanceId = `i-${hexOf("origin", server).slice(0, 17)}`;
  return {
    hostname: named ?? hostname,
    machine: { ...toldMachine(machine), ...(origin && { awsInstanceId }) },
    ...(origin && { origin: present(origin) }),
  };
}

const gibibyte = 1024 ** 3;

function toldMachine({
  operatingSystem: platform = "linux",
  diskGibibytes,
  cores,
  ramGibibytes,
}: NonNullable<DeclaredMachines["machine"]> = {}): FleetServer["machine"] & object {
  return {
    platform,
    ...(diskGibibytes && {
      disks: diskGibibytes.map((size, place) => ({
        deviceName: deviceName(platform, place),
        bytes: size * gibibyte,
      })),
    }),
    ...(cores !== undefined && { cores }),
    ...(ramGibibytes !== undefined && { ramBytes: ramGibibytes * gibibyte }),
  };
}

const letters = "abcdefghijklmnopqrstuvwxyz";

/** `/dev/sda1`, `/dev/sdb` … `/dev/sdaa`; `c:0`, `c:1` …, as agents name them. */
function deviceName(platform: "linux" | "windows", place: number): string {
  if (platform === "windows") return `c:${place}`;
  if (place === 0) return "/dev/sda1";
  const first = letters[Math.floor(place / letters.length) - 1] ?? "";
  return `/dev/sd${first}${letters[place % letters.length]}`;
}

function present({
  account,
  region: home,
  availabilityZone,
  vpc,
}: z.infer<typeof originPart>): NonNullable<FleetServer["origin"]> {
  return {
    account,
    region: home,
    ...(availabilityZone !== undefined && { availabilityZone }),
    ...(vpc !== undefined && { vpc }),
  };
}
