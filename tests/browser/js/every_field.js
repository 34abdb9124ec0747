/** Every part of the chat, drawn with each of the words in each of its fields; what did not become text. */
async ([payloads, foreign]) => {
  const from = (path) => import(`/static/js/${path}.js`);
  const texts = await (await from("core/texts")).load();
  const parts = ["questions", "waiting", "notices", "over", "survey", "step", "state", "lines", "bubble"];
  const modules = await Promise.all(parts.map((name) => from(`chat/${name}`)));
  const { Questions, Waiting, Notices, Over, Survey, Step, stateOf, rows, draw } = Object.assign({}, ...modules);
  const stage = document.querySelector("main").appendChild(document.createElement("div"));
  const box = (...children) => {
    const element = document.createElement("div");
    element.append(...children);
    return element;
  };
  const bare = (words) => words.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
  const missing = [];
  for (const evil of payloads) {
    const view = window.wickedView(evil);
    const conversation = { store: { value: view } };
    const ended = { t: "session.ended", seq: 5, at: 1, by: "r", reason: "closed", text: evil, url: evil };
    const over = new Over(texts);
    over.render(window.wickedView(evil, { state: "ended", log: [ended] }), true);
    const drawn = [new Questions(texts, conversation), new Notices(texts, conversation, true)];
    drawn.push(new Waiting(texts), new Step(texts, conversation, () => {}));
    for (const part of drawn) part.render(view);
    const questions = ["stars", "choice", "text"].map((kind) => ({ id: "q", kind, text: evil, choices: [evil] }));
    const survey = new Survey(texts, { title: evil, questions, thanks: evil }, `survey ${Math.random()}`);
    const lines = rows(view, texts, Date.now()).map((row) => draw(texts, row, null, () => {}));
    const elements = drawn.map((part) => part.card ?? part.element);
    elements.push(over.element, survey.element, box(...lines), box(...stateOf(texts, view, "representative")));
    for (const element of elements) {
      stage.append(element);
      const light = element.querySelector(":is(.greeting, .farewell-said, .hold) :is(a, em, strong, li)");
      if (!light && !bare(element.textContent).includes(bare(evil))) missing.push([evil, element.className]);
      if (stage.querySelector(foreign)) missing.push([evil, stage.innerHTML]);
      stage.replaceChildren();
    }
    if (drawn[0]) drawn[0].render(window.wickedView(evil, { state: "active" }));
  }
  return missing;
}
