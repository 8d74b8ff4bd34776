import type { Step } from "./job.ts";
import type { PipelineSpec, SpecStep } from "./spec.ts";

/** Steps in plain shell, of what every pipeline does. They read COMMIT, AUTHOR, RUN_URL, PALIER_RECORDS and RECORDS_REMOTE. */

/** Release records are kept on a branch of their own, so that each change of one is a commit. */
export const fetchRecords: Step = {
  name: "fetch the release records",
  run: `if git fetch --quiet --depth 1 "$RECORDS_REMOTE" release-records; then head="$(git rev-parse FETCH_HEAD)"
else head="$(git commit-tree "$(git hash-object -w -t tree /dev/null)" -m 'Begin the release records')"; fi
git worktree add --quiet --force --detach "$PALIER_RECORDS" "$head"`,
};

export const pushRecords: Step = {
  name: "push the release records",
  run: `cd "$PALIER_RECORDS"
git add --all
git diff --cached --quiet || git commit --quiet --message "Record $COMMIT"
for try in 1 2 3 4 5; do
  git push --quiet "$RECORDS_REMOTE" HEAD:refs/heads/release-records && exit 0
  git fetch --quiet "$RECORDS_REMOTE" release-records && git rebase --quiet FETCH_HEAD
done
exit 1`,
};

/** A check, which notes what it has proven for the job that builds. */
export function proven({ name, run, gate, measure }: SpecStep, folder = "."): Step {
  const result = measure === undefined ? "passed" : `$(${measure})`;
  const noted = gate === undefined ? "" : `\necho "--gate ${gate}=${result}" >> "$GATES"`;
  return { name, run: `${run}${noted}`, ...(folder === "." ? {} : { folder }) };
}

/** One that a record of this commit's images takes. */
export function recorded(system: string, spec: PipelineSpec, { name, run, gate, measure }: SpecStep): Step {
  if (gate === undefined) return { name, run };
  const result = measure === undefined ? "passed" : `$(${measure})`;
  const add = eachImage(
    system,
    spec,
    `npx palier record add "$image" --system ${system} --gate "${gate}=${result}" --run "$RUN_URL"`,
  );
  return { name, run: `${run}\n${add}` };
}

/** Runs a command for each image of this commit. */
export function eachImage(system: string, spec: PipelineSpec, command: string, chosen = '--commit "$COMMIT"'): string {
  return Object.values(spec.images)
    .map(({ repository }) => `image="${imageOf(system, repository, chosen)}"\n${command}`)
    .join("\n");
}

export function imageOf(system: string, repository: string, chosen = '--commit "$COMMIT"'): string {
  return `$(npx palier record show --system ${system} --repository ${repository} ${chosen} --reference)`;
}

/** Gives a stack the images that a choice of records names, and the folder of records. */
export function configure(system: string, spec: PipelineSpec, stack: string, chosen?: string): string {
  const images = Object.entries(spec.images).map(
    ([name, { repository }]) =>
      `image="${imageOf(system, repository, chosen)}"\npulumi config set --stack ${stack} --path '${system}:images.${name}' "$image"`,
  );
  return [`pulumi config set --stack ${stack} palier:records "$PALIER_RECORDS"`, ...images].join("\n");
}

/**
 * The same for a way back, as `palier rollback` does it: what a contraction has left behind is refused, and what comes back is
 * listed, so that none of its migrations runs.
 */
export function configureBack(system: string, spec: PipelineSpec, chosen: string): string {
  const note = `back="$\{back:+$back,}$(expr "$image" : '.*@sha256:\\(.\\{8\\}\\)')"`;
  const set = configure(system, spec, "production", chosen).replaceAll(
    /^pulumi .*"\$image"$/gm,
    (line) => `npx palier rollback production --check "$image"\n${line}\n${note}`,
  );
  return `${set}\npulumi config set --stack production palier:rolledBack "$back"`;
}

/** Moves the digests of this commit, which may not be the last that staging has run. */
export function promote(system: string, spec: PipelineSpec): string {
  const images = Object.entries(spec.images).map(([name, { repository }]) => [name, repository] as const);
  const found = images.map(([name, repository]) => `${name}="${imageOf(system, repository)}"`);
  const moved = images.map(([name]) => `--image "${name}=$${name}"`).join(" ");
  return [...found, `npx palier promote staging production --config policies.json ${moved}`].join("\n");
}

export const up = (stack: string) =>
  `pulumi up --yes --stack ${stack} --policy-pack node_modules/palier/dist/policies --policy-pack-config policies.json`;

export const verify = (stack: string, more: string) =>
  `npx palier verify ${stack} --run "$RUN_URL"${more === "" ? "" : ` ${more}`}`;

/** Which of the pack's profiles counts. */
export function chooseProfile({ profile }: PipelineSpec): Step {
  return {
    name: "choose the rules",
    run: `echo '{"rules": {"profile": "${profile}"}}' > policies.json`,
  };
}

/** Tells the team, where it is to be told. An outage of theirs is no failure of the release: a step that fails goes back. */
export const tellTeam = (text: string) =>
  `[ -z "\${SLACK_WEBHOOK:-}" ] || ${post(`{\\"text\\": \\"${text}\\"}`, "SLACK_WEBHOOK")} || echo "the team was not told" >&2`;

/** Wakes who is on call, by PagerDuty's events. */
export const wake = (text: string) =>
  `[ -z "\${PAGERDUTY_WEBHOOK:-}" ] || ${post(`{\\"incident_key\\": \\"rollback_failed\\", \\"event_type\\": \\"trigger\\", \\"description\\": \\"${text}\\"}`, "PAGERDUTY_WEBHOOK")} || echo "nobody was woken" >&2`;

const post = (json: string, to: string) =>
  `curl --fail --silent --show-error --max-time 30 --header 'content-type: application/json' --data "${json}" "$${to}"`;
