import { testArguments } from "../support/argument-tests.js";
import { tables } from "./traffic.js";

testArguments("traffic", tables);
