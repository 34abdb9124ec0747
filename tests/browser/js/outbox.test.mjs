import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../../relay/web/js/core/outbox.js";

/** A drawer as sessionStorage is one. */
class Drawer extends Map {
  getItem = (name) => this.get(name) ?? null;
  setItem = (name, value) => this.set(name, value);
  removeItem = (name) => this.delete(name);
}

const post = (id) => ({ t: "chat.post", id, text: id });
const ids = (outbox) => outbox.waiting.map(({ id }) => id);

test("what is not settled outlives a reload, in its order", () => {
  const drawer = new Drawer();
  const before = new Outbox(drawer, "outbox");
  for (const id of ["one", "two", "three"]) before.put(post(id), 1);
  before.settle("two");
  assert.deepEqual(ids(new Outbox(drawer, "outbox")), ["one", "three"]);
});

test("an empty outbox leaves nothing in the drawer", () => {
  const drawer = new Drawer();
  const outbox = new Outbox(drawer, "outbox");
  outbox.put(post("one"), 1);
  outbox.settle("one");
  assert.equal(drawer.size, 0);
});

test("a refused line is shown but not sent again", () => {
  const outbox = new Outbox(new Drawer(), "outbox");
  outbox.put(post("one"), 1);
  outbox.refuse("one", "not_now");
  assert.deepEqual(ids(outbox), []);
  assert.equal(outbox.pending[0].why, "not_now");
});

test("lines of one session are never said in another", () => {
  const drawer = new Drawer();
  const before = new Outbox(drawer, "outbox");
  before.belongTo("grace");
  before.put(post("one"), 1);
  const same = new Outbox(drawer, "outbox");
  same.belongTo("grace");
  assert.deepEqual(ids(same), ["one"]);
  const other = new Outbox(drawer, "outbox");
  other.belongTo("linus");
  assert.deepEqual(ids(other), []);
});

test("a line written before the first welcome belongs to whoever is welcomed", () => {
  const outbox = new Outbox(new Drawer(), "outbox");
  outbox.put(post("one"), 1);
  outbox.belongTo("grace");
  assert.deepEqual(ids(outbox), ["one"]);
});

test("a full or damaged drawer costs the reload, not the line", () => {
  const full = new Drawer();
  full.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const outbox = new Outbox(full, "outbox");
  outbox.put(post("one"), 1);
  assert.deepEqual(ids(outbox), ["one"]);
  const damaged = new Drawer([["outbox", "{"]]);
  assert.deepEqual(ids(new Outbox(damaged, "outbox")), []);
});
