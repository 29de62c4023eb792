import { Icon } from "../../../shared/ui/icons.tsx";
import type { PanelView } from "../../messaging/panel-port.ts";
import { useWords } from "../words/words.ts";

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
          {live
            ? t("withMe.one", { name: live.name })
            : scene.at === "ringing"
              ? t("withMe.calling", { name: scene.person.name })
              : t("withMe.nobody")}
        </p>
        {names !== "" && <p>{t("withMe.not", { names })}</p>}
      </div>
    </section>
  );
}
