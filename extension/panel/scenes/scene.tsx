import { assertNever } from "../../../shared/errors.ts";
import type { BlockedView, PersonView, SceneView } from "../../messaging/panel-port.ts";
import { ConsentScene } from "../consent/consent-scene.tsx";
import { RingingScene, UnansweredScene } from "./call-scenes.tsx";
import { EndedScene } from "./ended-scene.tsx";
import { IdleScene } from "./idle-scene.tsx";
import { LiveScene } from "./live-scene.tsx";
import { QuestionScene } from "./question-scene.tsx";
import { WarnedScene } from "./warned-scene.tsx";

export function Scene({
  scene,
  circle,
  blocked,
  onAdd,
}: {
  scene: SceneView;
  circle: readonly PersonView[];
  blocked: readonly BlockedView[];
  onAdd: () => void;
}) {
  switch (scene.at) {
    case "idle":
      return <IdleScene scene={scene} circle={circle} blocked={blocked} onAdd={onAdd} />;
    case "question":
      return <QuestionScene scene={scene} />;
    case "warned":
      return <WarnedScene scene={scene} />;
    case "consent":
      return <ConsentScene scene={scene} />;
    case "ringing":
      return <RingingScene scene={scene} />;
    case "unanswered":
      return <UnansweredScene scene={scene} />;
    case "live":
      return <LiveScene scene={scene} />;
    case "ended":
      return <EndedScene scene={scene} circle={circle} />;
    default:
      return assertNever(scene);
  }
}
