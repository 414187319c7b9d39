import { testArguments } from "../support/argument-tests.js";
import { tables } from "./databases.js";

testArguments("databases", tables);
