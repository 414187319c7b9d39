import type { PossibleRefusal, SwitchDescriptions } from "./switches.js";

/** What AWS leaves open about source networks. */
export interface NetworkSwitches {
  readonly sourceNetworkBegins: "STOPPED" | "IN_PROGRESS";
  readonly networkSyncSeconds: number;
  readonly networkOfVpcTwice: "accepted" | PossibleRefusal;
  readonly networkMovedTwice: "accepted" | PossibleRefusal;
  readonly deleteReplicatingNetwork: "accepted" | PossibleRefusal;
  readonly networkNotProtected: "accepted" | PossibleRefusal;
  readonly unknownNetwork: PossibleRefusal;
  readonly networkDeploySeconds: number;
  readonly launchTemplateSeconds: number;
}

export const networkDefaults: NetworkSwitches = {
  sourceNetworkBegins: "STOPPED",
  networkSyncSeconds: 120,
  networkOfVpcTwice: "ConflictException",
  networkMovedTwice: "ConflictException",
  deleteReplicatingNetwork: "ConflictException",
  networkNotProtected: "ConflictException",
  unknownNetwork: "ValidationException",
  networkDeploySeconds: 180,
  launchTemplateSeconds: 10,
};

export const networkDescriptions: SwitchDescriptions<NetworkSwitches> = {
  sourceNetworkBegins: {
    marks: "unknown",
    what: "Replication status of a source network that was just created.",
  },
  networkSyncSeconds: {
    marks: "unknown",
    what: "From the start of a source network's replication to PROTECTED.",
  },
  networkOfVpcTwice: {
    marks: "inferred",
    what: "Answer to creating a second source network of the same VPC.",
  },
  networkMovedTwice: {
    marks: "inferred",
    what: "Answer to starting the replication of a source network that replicates, and to stopping one that is stopped.",
  },
  deleteReplicatingNetwork: {
    marks: "unknown",
    what: "Answer to deleting a source network that replicates.",
  },
  networkNotProtected: {
    marks: "inferred",
    what: "Answer to recovering a source network, or exporting its template, before it was ever PROTECTED.",
  },
  unknownNetwork: {
    marks: "inferred",
    what: "Answer of StartSourceNetworkRecovery to a source network that does not exist. It declares no 404.",
  },
  networkDeploySeconds: {
    marks: "unknown",
    what: "How long a job deploys or updates the stack of a source network.",
  },
  launchTemplateSeconds: {
    marks: "unknown",
    what: "How long a job then updates the launch templates of the servers of the network.",
  },
};
