/** AES-GCM adds its tag to what it encrypts, and nothing else. */
const tag = 16;

/**
 * How many bytes a sealed value holds: two bytes say how long the encrypted session key is, then that key, then the
 * encrypted value. Undefined for what was not sealed.
 */
export function sealedBytes(sealed: string): number | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(sealed) || sealed.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < 2) return undefined;
  const sessionKey = bytes.readUInt16BE(0);
  const value = bytes.length - 2 - sessionKey - tag;
  return sessionKey >= 256 && value >= 0 ? value : undefined;
}
