import { equal } from "node:assert/strict";
import { isSchedule } from "../../core/rules/lifecycle/schedule.ts";

describe("a schedule", () => {
  const right = [
    "*/5 * * * *",
    "0,30 8-18 * * 1-5",
    "@daily",
    "@every 1h",
    "0 0 1 jan *",
    "0 0 * * SUN",
    "CRON_TZ=UTC 0 3 * * *",
  ];
  const wrong = [
    "",
    "* * * *",
    "60 * * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 7",
    "0 0 * * 5-7",
    "5-1 * * * *",
    "*/0 * * * *",
    "@nightly",
  ];
  for (const text of right) it(`is ${JSON.stringify(text)}`, () => equal(isSchedule(text), true));
  for (const text of wrong) it(`is not ${JSON.stringify(text)}`, () => equal(isSchedule(text), false));
});
