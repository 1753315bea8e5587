(() => {
  "use strict";

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    element.className = name;
    if (text) element.textContent = text;
    return element;
  };

  const enliven = (root) => {
    const text = root.querySelector(".text");
    const notes = new Map();
    for (const note of root.querySelectorAll("ol.notes > li")) notes.set(note.dataset.n, note);
    const marks = [...text.querySelectorAll(".m")];
    const signs = [...text.querySelectorAll(".sign")];
    root.dataset.live = "";
    root.classList.add("live");

    // ---------------------------------------------------------------- the card
    const card = make("div", "card");
    card.hidden = true;
    card.setAttribute("role", "status");
    root.append(card);
    let pinned = false;
    let opener = null;
    let waiting = 0;

    const hide = () => {
      clearTimeout(waiting);
      card.hidden = true;
      pinned = false;
      for (const mark of marks) mark.classList.remove("on");
    };

    const place = (element) => {
      const frame = root.getBoundingClientRect();
      const boxes = element.getClientRects();
      const box = boxes[boxes.length - 1];
      const most = Math.max(0, frame.width - card.offsetWidth);
      const below = box.bottom + 8 + card.offsetHeight <= innerHeight || box.top < card.offsetHeight + 8;
      card.style.left = `${Math.min(most, Math.max(0, box.left - frame.left))}px`;
      card.style.top = `${(below ? box.bottom + 8 : box.top - 8 - card.offsetHeight) - frame.top}px`;
    };

    const show = (element, numbers, pin) => {
      clearTimeout(waiting);
      const found = numbers.filter((number) => notes.has(number));
      if (!found.length) return;
      card.replaceChildren();
      if (pin) {
        const close = make("button", "close", "×");
        close.type = "button";
        close.setAttribute("aria-label", "close");
        close.addEventListener("click", () => { hide(); opener?.focus(); });
        card.append(close);
      }
      for (const number of found) card.append(notes.get(number).querySelector(".entry").cloneNode(true));
      for (const mark of marks) mark.classList.toggle("on", found.includes(mark.dataset.n));
      card.hidden = false;
      card.scrollTop = 0;
      pinned = pin;
      opener = element;
      place(element);
    };

    // A place may lie in several claims: all of them are shown, the shortest first. A sign is of one claim.
    const at = (target) => {
      const sign = target.closest(".sign");
      if (sign) return [sign, [sign.dataset.n]];
      const numbers = [];
      const first = target.closest(".m:not(.off)");
      for (let mark = first; mark && text.contains(mark); mark = mark.parentElement.closest(".m:not(.off)")) {
        if (!numbers.includes(mark.dataset.n)) numbers.push(mark.dataset.n);
      }
      return [first, numbers];
    };

    const leave = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { if (!pinned) hide(); }, 250);
    };
    text.addEventListener("pointerover", (event) => {
      if (pinned || event.pointerType !== "mouse") return;
      const [element, numbers] = at(event.target);
      if (element) show(element, numbers, false);
      else if (!card.hidden) leave();
    });
    text.addEventListener("pointerleave", leave);
    card.addEventListener("pointerenter", () => clearTimeout(waiting));
    card.addEventListener("pointerleave", leave);
    text.addEventListener("focusin", (event) => {
      const [element, numbers] = at(event.target);
      if (element && !pinned) show(element, numbers, false);
    });
    text.addEventListener("focusout", leave);
    text.addEventListener("click", (event) => {
      const [element, numbers] = at(event.target);
      if (!element) return;
      event.preventDefault();
      event.stopPropagation();
      show(element, numbers, true);
    });
    text.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && event.target.closest(".sign")) {
        event.preventDefault();
        show(event.target, [event.target.dataset.n], true);
      }
    });
    card.addEventListener("click", (event) => event.stopPropagation());
    document.addEventListener("click", () => { if (pinned) hide(); });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !card.hidden) hide();
    });
    for (const sign of signs) {
      if (sign.tagName !== "A") {
        sign.tabIndex = 0;
        sign.setAttribute("role", "button");
      }
    }

    // ---------------------------------------------------------------- the filter
    const tally = root.querySelector(".tally");
    const showing = make("p", "showing");
    showing.setAttribute("role", "status");
    tally.after(showing);
    const chosen = new Set();
    const chips = new Map();
    const every = [...root.querySelectorAll(".notes > li")];
    const verdictOf = (element) => [...chips.keys()].find((verdict) => element.classList.contains(verdict));
    const all = make("button", "chip all", "show all");
    all.type = "button";

    const filter = () => {
      hide();
      const wanted = (element) => !chosen.size || chosen.has(verdictOf(element));
      for (const element of [...marks, ...signs]) element.classList.toggle("off", !wanted(element));
      for (const note of every) note.hidden = !wanted(note);
      for (const [verdict, chip] of chips) chip.setAttribute("aria-pressed", String(chosen.has(verdict)));
      all.hidden = !chosen.size;
      const left = every.filter((note) => !note.hidden).length;
      showing.textContent = chosen.size ? `showing ${left} of ${every.length} claims` : "";
    };
    for (const item of tally.querySelectorAll("li[data-v]")) {
      const plain = item.querySelector(".chip");
      const chip = make("button", plain.className);
      chip.type = "button";
      chip.title = plain.title;
      chip.append(...plain.childNodes);
      plain.replaceWith(chip);
      chips.set(item.dataset.v, chip);
      chip.addEventListener("click", () => {
        if (!chosen.delete(item.dataset.v)) chosen.add(item.dataset.v);
        filter();
      });
    }
    all.addEventListener("click", () => { chosen.clear(); filter(); });
    if (chips.size > 1) {
      const item = make("li", "");
      item.append(all);
      tally.append(item);
    }
    filter();
  };

  for (const root of document.querySelectorAll(".trialstats .annotated:not([data-live])")) enliven(root);
})();
