import { containerService } from "./container-service.js";
import { kubernetesCluster } from "./kubernetes-cluster.js";
import { pilotLightRegion } from "./pilot-light-region.js";
import { regionPeering } from "./region-peering.js";

/** Networks, and what runs in them. */
export const tables = [containerService, kubernetesCluster, pilotLightRegion, regionPeering];
