"use strict";
/* Sorting, filtering and searching of the table of cases. Without this script the page says the same. */
(() => {
  const table = document.getElementById("cases");
  if (!table) return;
  const groups = Array.from(table.tBodies);
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const search = make("input", { type: "search", id: "search-cases" });
  const choices = [["status", "Outcome"], ["sender", "Sender"], ["target", "Target"]].map(([key, head]) => {
    const values = [...new Set(groups.map((group) => group.dataset[key]))].filter(Boolean).sort();
    const options = values.map((value) => make("option", { value, textContent: value }));
    return [key, make("select", {}, make("option", { value: "", textContent: "all" }), ...options), head];
  });
  const count = make("output", {});
  const show = () => {
    const words = search.value.trim().toLowerCase();
    let shown = 0;
    for (const group of groups) {
      const fits = choices.every(([key, select]) => !select.value || group.dataset[key] === select.value);
      const found = !words || group.textContent.toLowerCase().includes(words);
      group.hidden = !(fits && found);
      shown += group.hidden ? 0 : 1;
    }
    count.textContent = shown === groups.length ? `${shown} shown` : `${shown} of ${groups.length} shown`;
  };
  const named = (name, control) => make("label", {}, name, control);
  const tools = make("form", { className: "tools" }, named("Search", search));
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", "Find threats in the table");
  for (const [, select, head] of choices) tools.append(named(head, select));
  tools.append(count);
  tools.addEventListener("input", show);
  tools.addEventListener("submit", (event) => event.preventDefault());
  table.parentElement.before(tools);

  const heads = Array.from(table.tHead.rows[0].cells);
  const keyOf = (group, column) => {
    if (heads[column].textContent === "Made") return group.dataset.when;
    return group.rows[0].cells[column].textContent.trim();
  };
  const inOrder = new Intl.Collator("en", { numeric: true }).compare;
  heads.forEach((head, column) => {
    const button = make("button", { type: "button", textContent: head.textContent });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keys = new Map(groups.map((group) => [group, keyOf(group, column)]));
      groups.sort((a, b) => inOrder(keys.get(a), keys.get(b)) * (down ? -1 : 1));
      table.append(...groups);
    });
  });

  /* A link to a row opens its evidence, and no filter may hide it. */
  const open = () => {
    const group = groups.find((one) => `#${one.id}` === decodeURIComponent(location.hash));
    if (!group) return;
    if (group.hidden) { tools.reset(); show(); }
    group.querySelector("details").open = true;
    group.scrollIntoView();
  };
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll(".cases details")) one.open = true; });
  show();
  open();
})();
