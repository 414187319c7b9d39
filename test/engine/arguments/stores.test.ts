import { testArguments } from "../support/argument-tests.js";
import { tables } from "./stores.js";

testArguments("stores", tables);
