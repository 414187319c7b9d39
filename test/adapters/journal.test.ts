import { keepsTheJournalsContract } from "../support/execution/journal-contract.js";
import { memoryJournal } from "../support/execution/memory-journal.js";
import { startDynamo } from "./dynamo-bench.js";
import { keepsAJournal } from "./journal-in-dynamo.js";

keepsTheJournalsContract("in memory", async () => memoryJournal());
keepsAJournal("dynalite", startDynamo);
