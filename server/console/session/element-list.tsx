import { useEffect, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";

import { Button } from "../../../shared/ui/button.tsx";
import { Heading } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import type { Described } from "../player/port.ts";
import { useSessionWords } from "./words.ts";

/** The page's elements by name: for a helper without a mouse, or with a screen reader. */
export function ElementList({
  elements,
  onPreview,
  onShow,
  onRefresh,
  onClose,
}: {
  elements: readonly Described[];
  onPreview: (element: Described | undefined) => void;
  onShow: (element: Described) => void;
  onRefresh: () => void;
  onClose: () => void;
}) {
  const { t } = useSessionWords();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<string>();
  const wanted = search.trim().toLowerCase();
  const shown = elements.filter(({ role, name }) =>
    `${role} ${name}`.toLowerCase().includes(wanted),
  );
  const find = (key: string | undefined): Described | undefined =>
    elements.find((element) => keyOf(element) === key);
  const element = find(chosen);

  useEffect(() => () => onPreview(undefined), [onPreview]);

  return (
    <section className="ses-list" aria-label={t("list.title")}>
      <div className="ses-list-head">
        <Heading level={2} focus>
          {t("list.title")}
        </Heading>
        <Button variant="quiet" onPress={onClose}>
          {t("list.close")}
        </Button>
      </div>
      <p className="ep-soft ep-small">{t("list.help")}</p>
      <TextField label={t("list.search")} value={search} onChange={setSearch} />
      <ListBox
        className="ses-list-items"
        aria-label={t("list.title")}
        items={shown.map((item) => ({ ...item, id: keyOf(item) }))}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen === undefined ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const key = keys === "all" ? undefined : [...keys].map(String)[0];
          setChosen(key);
          onPreview(find(key));
        }}
        onAction={(key) => {
          const acted = find(String(key));
          if (acted) onShow(acted);
        }}
        renderEmptyState={() => t("list.empty")}
      >
        {(item) => (
          <ListBoxItem className="ses-list-item" textValue={`${item.role} ${item.name}`}>
            <span className="ep-soft ep-small">{item.role}</span> {item.name}
          </ListBoxItem>
        )}
      </ListBox>
      <div className="ep-row">
        <Button
          variant="primary"
          isDisabled={!element}
          onPress={() => {
            if (element) onShow(element);
          }}
        >
          {t("list.show")}
        </Button>
        <Button onPress={onRefresh}>{t("list.refresh")}</Button>
      </div>
    </section>
  );
}

function keyOf({ document, node }: Described): string {
  return `${document}/${node}`;
}
