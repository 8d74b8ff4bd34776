import { z } from "zod";

/** Where a rule does not count, as data that somebody answers for. */
export const exemption = z.strictObject({
  resource: z.string().min(1).describe("name or URN of the object, whole; `*` stands for any text"),
  container: z.string().min(1).optional().describe("only this container of it"),
  reason: z.string().min(10).describe("why, in a sentence"),
  owner: z.string().min(1).describe("who answers for it"),
  expires: z.iso.date().describe("last day on which it holds: 2027-01-31"),
});

export type Exemption = z.infer<typeof exemption>;
