/** `registry:5000/team/api:1.2@sha256:…` taken apart as container runtimes do. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

export function imageReference(text: string): ImageReference {
  const [named = "", ...digest] = text.split("@");
  const colon = named.lastIndexOf(":");
  const tagged = colon > named.lastIndexOf("/");
  return {
    repository: tagged ? named.slice(0, colon) : named,
    tag: tagged ? named.slice(colon + 1) : undefined,
    digest: digest.length > 0 ? digest.join("@") : undefined,
  };
}

export function isDigest(digest: string): boolean {
  return /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest);
}

const always = /^(latest|nightly|edge|rolling|head|snapshot|canary)$/;
const channel =
  /^(main|master|trunk|develop|development|dev|staging|stage|preprod|production|prod|stable|unstable|testing|test|current|lts|next|mainline|release|beta|alpha|rc|experimental|insiders|default|v|x|release-candidate)$/;
const flavour =
  /^(alpine|slim|bookworm|bullseye|buster|trixie|sid|jammy|noble|focal|debian|ubuntu|ubi|distroless|fpm|apache|perl|otel|full|minimal|windowsservercore|nanoserver|amd|arm|linux|jre|jdk|musl|glibc|root|nonroot|management|cli|dev)[\d.]*$/;

/** A tag that is meant to move: `latest`, a branch or channel, or a mere flavour without any version. */
export function isFloatingTag(tag: string): boolean {
  const words = tag
    .toLowerCase()
    .split(/[-_+]/)
    .filter((word) => word !== "");
  if (words.some((word) => always.test(word))) return true;
  return words.every((word) => channel.test(word) || flavour.test(word) || (/^[a-z]+$/.test(word) && !isHash(word)));
}

function isHash(word: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(word);
}
