/** A registry and a name in it, in lower case and without tag, as the source of a pattern. */
export const repositoryForm = String.raw`([a-z0-9.-]+[.:][a-z0-9.:-]*|localhost)(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+`;

/** Platforms that an image may be built for. */
export const platformForm = /^linux\/(amd64|arm64|arm|ppc64le|s390x|riscv64|386)(\/v\d)?$/;
