import { z } from "zod";
import { finding } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import { inProduction } from "./levels.ts";
import { imagesField } from "./recorded.ts";
import { ownRecords, type Release } from "./release.ts";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "no time of day such as 15:00");
const window = z
  .strictObject({ day: z.enum(days), from: time.default("00:00"), to: time.default("24:00") })
  .refine(({ from, to }) => from < to, "from is not before to; a night is two windows");
const isZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

export const openWindow = ruleWith(
  {
    id: "deploy-window",
    description: "Nothing new goes to production when nobody will be there to see it fail: Friday from 15:00 on.",
    why: "What breaks on a Friday evening stays broken until Monday. Going back to what ran before is always allowed.",
    severity: "high",
    levels: inProduction,
    demands: ["R-05"],
    rows: ["K02"],
    parameters: z.strictObject({
      timeZone: z
        .string()
        .refine(isZone, "no time zone such as Europe/Paris")
        .default("Europe/Paris")
        .describe("whose clock"),
      closed: z
        .array(window)
        .default([{ day: "friday", from: "15:00", to: "24:00" }])
        .describe("when: from is closed already, to is open again"),
    }),
  },
  (release: Release, { timeZone, closed }) => {
    const { day, at } = localTime(release.now, timeZone);
    const shut = closed.find(({ day: on, from, to }) => on === day && at >= from && at < to);
    const own = ownRecords(release);
    if (!shut || (own.length > 0 && own.every(({ image }) => image.inProduction === "replaced"))) return [];
    const field = imagesField(release.system).seenAt("the time");
    const problem = `is closed for releases on ${shut.day} from ${shut.from} to ${shut.to} (${timeZone})`;
    const fix = "wait, go back to what ran before, or exempt it in the pack's configuration with a reason and an owner";
    return [finding(field, { problem, fix, value: `${day} ${at}` })];
  },
);

function localTime(now: Date, timeZone: string): { day: string; at: string } {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: parts.get("weekday")!.toLowerCase(), at: `${parts.get("hour")}:${parts.get("minute")}` };
}
