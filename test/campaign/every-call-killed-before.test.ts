import { describeEveryCall } from "../support/every-call-suite.js";

describeEveryCall("killed before a call");
