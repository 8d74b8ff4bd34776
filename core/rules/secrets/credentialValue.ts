import { isLiteral } from "./secretPattern.ts";

/** Switches, numbers, durations, paths and plain URLs are what names that mention credentials usually hold. */
export function mayBeCredential(text: string, onlyMentioned: boolean): boolean {
  if (!isLiteral(text) || /^(true|false|null|none|yes|no)$/i.test(text.trim())) return false;
  if (/^\/(run|var|etc|secrets?|mnt|vault|tmp|home|opt|srv|app|usr|data|config)\//.test(text)) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^@?]*$/i.test(text) || /\bprocess\.env\b|\bos\.environ\b|\w\(.*\)/.test(text))
    return false;
  return !onlyMentioned || !/^[\d.]+\s*[a-z%]{0,8}$/i.test(text);
}
