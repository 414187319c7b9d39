import { testArguments } from "../support/argument-tests.js";
import { tables } from "./recovery.js";

testArguments("recovery", tables);
