import assert from "node:assert/strict";
import { type GoodRelease, readHistory, refusedBack, wayBack, withRelease } from "../../../core/records/history.ts";

const one = (release: string, more: object = {}): GoodRelease => ({
  ...{ release, image: `shop@sha256:${release}`, at: "2026-11-22T05:00:00.000Z" },
  ...more,
});
const [a, b, c] = [one("a"), one("b"), one("c")];

describe("the good releases of an app", () => {
  it("are those that served, in their order, each once in a row, and twenty at most", () => {
    assert.deepEqual(withRelease([a, b], b), [a, b]);
    assert.deepEqual(withRelease([a, b], a), [a, b, a]);
    const many = Array.from({ length: 30 }, (_, n) => one(String(n)));
    assert.equal(many.reduce(withRelease, [] as GoodRelease[]).length, 20);
  });

  it("are none where what is kept is no such list", () => {
    assert.deepEqual([readHistory(undefined), readHistory("{"), readHistory('[{"a":1}]')], [[], [], []]);
    assert.deepEqual(readHistory(JSON.stringify([a])), [a]);
  });

  it("lead back to the one before, or to any that is named", () => {
    assert.equal(wayBack([a, b, c]), b);
    assert.equal(wayBack([a, b, c], "a"), a);
    assert.equal(wayBack([a, b, a]), b);
  });

  it("lead to none that is not there, or that serves", () => {
    assert.match(String(wayBack([])), /no good release is on record/);
    assert.match(String(wayBack([a])), /there is no other good release/);
    assert.match(String(wayBack([a, b], "z")), /no good release is "z"; there are a, b/);
    assert.match(String(wayBack([a, b], "b")), /b serves already/);
  });

  it("lead to none below a migration that has taken something away", () => {
    const contract = one("c", { contract: true });
    assert.match(String(wayBack([a, b, contract])), /the migration of c .* took away what b needs/);
    assert.match(String(wayBack([a, contract, b], "a")), /took away what a needs/);
    assert.equal(wayBack([a, contract, b]), contract);
  });

  it("speak against an image below such a migration, also where it is older than all of them", () => {
    const contract = one("c", { contract: true });
    const against = (good: GoodRelease[], { image }: GoodRelease) => refusedBack(good, image);
    assert.match(against([a, b, contract], a)!, /the migration of c .* took away what a needs/);
    assert.match(against([contract, b], a)!, /took away what shop@sha256:a needs/);
    for (const good of [[], [a], [a, b], [contract, a, b], [a, contract, a]]) assert.equal(against(good, a), undefined);
    assert.equal(against([a, contract], contract), undefined);
  });
});
