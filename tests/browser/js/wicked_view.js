/** A customer's view in which every word is `evil`; the state and the rest as `more` says. */
() => {
  window.wickedView = (evil, more = {}) => {
    const at = Date.now();
    const queue = { kind: "team", id: "t", name: evil };
    const grace = { id: "c", role: "customer", name: evil, door: "chat", system: evil };
    const ada = { id: "r", role: "representative", name: evil, door: "session", system: "" };
    const asked = { t: "question.asked", seq: 2, at, step: "agreement", title: evil, text: evil, limitS: 60 };
    const log = [
      { t: "session.opened", seq: 1, at, participant: grace, queue },
      { t: "session.queued", seq: 2, at, queue, cause: "transfer", by: "r" },
      { t: "chat.posted", seq: 3, at, by: "r", id: "one", text: evil },
      { t: "client.offered", seq: 4, at, by: "r" },
    ];
    const lists = { left: [], answers: [], invitations: [], notes: [] };
    const notices = [{ t: "notice.told", seq: 3, at, notice: "n", text: evil, by: "r" }];
    const people = { session: evil, queue, participants: [grace, ada], question: asked };
    const snapshot = { state: "preparing", ...people, ...lists, notices, log, seq: 4, deskSeq: 0, ...more };
    const place = { position: 1, onDuty: 1, leastS: null, mostS: null, greeting: evil };
    const blank = { ahead: 0, seen: {}, typing: {}, code: null, survey: null, refusal: null, pending: [] };
    const link = { name: "online" };
    const none = { customer: [], representative: [] };
    const legal = { preparing: none, waiting: none, active: none, ended: none };
    return { role: "customer", legal, rules: null, me: "c", ...blank, snapshot, link, present: new Set(), place, hold: evil };
  };
}
