import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Texts } from "../../../relay/web/js/core/texts.js";
import { destinations, matching } from "../../../relay/web/js/pages/console/destinations.js";

const source = new URL("../../../protocol/texts/en.json", import.meta.url);
const texts = new Texts("en", JSON.parse(readFileSync(source, "utf8")));

const colleague = (user, presence) => ({ user, name: user, presence });
const team = (name, onDuty, mine = false) => ({ id: name.toLowerCase(), name, onDuty, mine });
const around = (more, invited = null, helpers = ["Ada"]) => ({
  user: "Ada",
  helpers,
  invited,
  state: { presence: "available", colleagues: [colleague("Ada", "available")], teams: [], ...more },
});
const can = (all) => all.filter(({ why }) => !why).map(({ key }) => key);
const why = (all, key) => all.find((one) => one.key === key)?.why;

test("colleagues who are free come first, and oneself is not among them", () => {
  const colleagues = [colleague("Ada", "available"), colleague("Zoe", "available"), colleague("Bob", "busy"), colleague("Eve", "away"), colleague("Cleo", "available")];
  const all = destinations(texts, around({ colleagues }));
  assert.deepEqual(all.map(({ name }) => name), ["Cleo", "Zoe", "Bob", "Eve", "Whoever is free"]);
  assert.deepEqual(can(all), ["personal Cleo", "personal Zoe", "personal Bob", "general"]);
  assert.equal(why(all, "personal Eve"), "Away");
});

test("who helps already cannot be chosen, even by a namesake's name", () => {
  const colleagues = [colleague("Ada", "available"), { ...colleague("b1", "busy"), name: "Bob" }, { ...colleague("b2", "busy"), name: "Bob" }];
  const all = destinations(texts, around({ colleagues }, null, ["Ada", "b1"]));
  assert.equal(why(all, "personal b1"), "in this session already");
  assert.equal(why(all, "personal b2"), "");
});

test("a queue that nobody on duty takes from would send the customer away", () => {
  const teams = [team("Second", 2), team("Night", 0)];
  const all = destinations(texts, around({ teams }));
  assert.deepEqual(all.map(({ name, about }) => [name, about]), [
    ["Night", "nobody on duty"],
    ["Second", "2 on duty"],
    ["Whoever is free", "one on duty"],
  ]);
  assert.deepEqual(can(all), ["team second", "general"]);
  const away = { presence: "away", colleagues: [colleague("Ada", "away")] };
  assert.deepEqual(can(destinations(texts, around(away))), []);
});

test("nobody invites themselves, nor twice into one queue", () => {
  const teams = [team("Mine", 1, true), team("Others", 1)];
  const alone = destinations(texts, around({ teams }, []));
  assert.equal(why(alone, "team mine"), "nobody else on duty");
  assert.equal(why(alone, "general"), "nobody else on duty");
  assert.deepEqual(can(alone), ["team others"]);
  assert.deepEqual(can(destinations(texts, around({ teams }, ["team others"]))), []);
  assert.deepEqual(can(destinations(texts, around({ teams }))), ["team mine", "team others", "general"]);
});

test("a search finds parts of names, whatever their letters' size", () => {
  const all = destinations(texts, around({ teams: [team("Second line", 1), team("Printers", 1)] }));
  assert.deepEqual(matching(all, " LINE ").map(({ name }) => name), ["Second line"]);
  assert.equal(matching(all, "").length, 3);
  assert.deepEqual(matching(all, "nobody like this"), []);
});
