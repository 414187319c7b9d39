/** A disk of a source server. */
export interface Disk {
  readonly deviceName: string;
  readonly bytes: number;
}

/** What a source server is made of; the agent tells it, so no call changes it. */
export interface Machine {
  readonly platform: "linux" | "windows";
  readonly disks: readonly Disk[];
  readonly cores: number;
  readonly ramBytes: number;
  readonly macAddress?: string;
  readonly vmWareUuid?: string;
  /** Id of the EC2 instance that it is. Absent for servers outside of AWS. */
  readonly awsInstanceId?: string;
}

const gibibyte = 1024 ** 3;

/** A machine of which only a part is told. */
export function machineOf({ platform = "linux", ...told }: Partial<Machine>): Machine {
  return {
    platform,
    disks: [{ deviceName: bootDevices[platform], bytes: 8 * gibibyte }],
    cores: 2,
    ramBytes: 4 * gibibyte,
    ...told,
  };
}

const bootDevices = { linux: "/dev/sda1", windows: "c:0" } as const;

const systems = {
  linux: "Linux version 5.15.0",
  windows: "Microsoft Windows Server 2022 Datacenter",
} as const;

/** The part of `sourceProperties` that the machine decides. */
export function wireMachine(machine: Machine) {
  const { platform, disks, cores, ramBytes, macAddress } = machine;
  return {
    os: { fullString: systems[platform] },
    cpus: [{ cores, modelName: "Intel(R) Xeon(R)" }],
    disks,
    networkInterfaces: macAddress === undefined ? [] : [{ macAddress, ips: [], isPrimary: true }],
    ramBytes,
    recommendedInstanceType: "t3.medium",
    supportsNitroInstances: true,
  };
}

/** By what a machine is known besides its name. */
export function wireHints({ vmWareUuid, awsInstanceId }: Machine) {
  return {
    ...(vmWareUuid !== undefined && { vmWareUuid }),
    ...(awsInstanceId !== undefined && { awsInstanceID: awsInstanceId }),
  };
}

/** Whether an id of hardware is one of this machine. Source: API documentation, filter `hardwareId`. */
export function hasHardware(
  { macAddress, vmWareUuid, awsInstanceId }: Machine,
  id: string,
): boolean {
  return [macAddress, vmWareUuid, awsInstanceId].includes(id);
}
