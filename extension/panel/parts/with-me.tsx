import { Icon } from "../../../shared/ui/icons.tsx";
import type { PanelView, SceneView } from "../../messaging/panel-port.ts";
import { useWords } from "../words/words.ts";

/** Somebody who has not joined yet, or whose connection is broken, is not said to be there. */
function Who({ scene }: { scene: SceneView }) {
  const { t } = useWords();
  if (scene.at === "ringing") return t("withMe.calling", { name: scene.person.name });
  if (scene.at !== "live") return t("withMe.nobody");
  const { name } = scene.person;
  return t(scene.link === "open" ? "withMe.one" : "withMe.waiting", { name });
}

/** « Is it really them? » Who is, and who is not, in a session with me now: above every screen. */
export function WithMe({ view }: { view: PanelView }) {
  const { t, language } = useWords();
  const { scene, circle } = view;
  const live = scene.at === "live" ? scene.person : undefined;
  const others = live ? circle.filter(({ pairing }) => pairing !== live.pairing) : [];
  const names = new Intl.ListFormat(language).format(others.map(({ name }) => name));
  return (
    <section className="ep-with" aria-label={t("withMe.label")}>
      <Icon name={live ? "person" : "hidden"} />
      <div>
        <p>
          <Who scene={scene} />
        </p>
        {names !== "" && <p>{t("withMe.not", { names })}</p>}
      </div>
    </section>
  );
}
