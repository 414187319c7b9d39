import type { ProtectionGroup } from "../../runtime/core/recovery/plan.js";
import { memoryDocuments } from "../support/execution/memory-library.js";
import { startDynamo } from "./dynamo-bench.js";
import { keepsALibrary, keepsDocuments } from "./library-in-dynamo.js";

keepsDocuments("in memory", async () => memoryDocuments<ProtectionGroup>());
keepsALibrary("dynalite", startDynamo);
