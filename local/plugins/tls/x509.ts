/** The X.509 library, loaded when a certificate is made: a plugin that only keeps state starts without it. */
export async function loadX509(): Promise<typeof import("@peculiar/x509")> {
  await import("reflect-metadata");
  return import("@peculiar/x509");
}

export type X509 = Awaited<ReturnType<typeof loadX509>>;
