import { startHost } from "../../host/start-host.ts";
import { answerCalls, createCaller } from "../../messaging/calls.ts";
import { backgroundTable, hostTable } from "../../messaging/links.ts";
import { reportFault } from "../../platform/report.ts";
import { runtimeBus } from "../../platform/runtime.ts";

const background = createCaller(runtimeBus, "background", backgroundTable);
const host = startHost(background, reportFault);
answerCalls(runtimeBus, "host", hostTable, host.calls, (_, error) => reportFault(error));
