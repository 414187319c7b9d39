import { testArguments } from "../support/argument-tests.js";
import { tables } from "./workloads.js";

testArguments("workloads", tables);
