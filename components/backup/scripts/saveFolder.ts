import { begin } from "./begin.ts";
import { keep } from "./keep.ts";

/** Saves the files of a folder: packed, compressed and encrypted into a file, which is kept as a dump is. */
export const saveFolder = String.raw`${begin}${keep}
take_place
files="$(ls "$FOLDER" | wc -l | tr -d ' ')"
[ "$files" != 0 ] || fail "nothing was exported, and what is stored stays as it was"
write_header "\"files\":$files"
{ tar -C "$FOLDER" -cf - . 2> problem || : > broken; } | gzip -6 | seal ||
  fail "the export can't be encrypted and written to the volume: $(head -n 1 unsealed)"
[ ! -e broken ] || fail "the export can't be read, and what is stored stays as it was: $(why)"
store_sealed export
remove_expired
`;
