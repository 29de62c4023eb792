import { createVoice } from "../../../shared/voice/voice.ts";
import { startHost } from "../../host/start-host.ts";
import { answerCalls, createCaller } from "../../messaging/calls.ts";
import { backgroundTable, hostTable } from "../../messaging/links.ts";
import { realClock } from "../../platform/clock.ts";
import { reportFault } from "../../platform/report.ts";
import { runtimeBus } from "../../platform/runtime.ts";
import { createLocalPlace } from "../../voice/local-place.ts";

const background = createCaller(runtimeBus, "background", backgroundTable);
const place = createLocalPlace({ createVoice, clock: realClock, failed: reportFault });
const host = startHost(background, place, reportFault);
answerCalls(runtimeBus, "host", hostTable, host.calls, (_, error) => reportFault(error));
