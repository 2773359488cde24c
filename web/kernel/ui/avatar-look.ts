// Each at least 4.5 : 1 under white letters; a pattern only makes parts of them darker.
export const COLOURS = ['#2f6f8f', '#a2562f', '#8a4a63', '#6b5b95', '#4f7a3a', '#936419', '#7a5c99', '#3c6e71', '#5a6b2f', '#9c4a4a']
/** Plain, and the patterns of Avatar.module.css. */
export const PATTERNS = 7

/** Colour and pattern of somebody without a picture: the same for a person everywhere, and mostly others for others with the same initials. */
export function avatarLook(id: string): { colour: string; pattern: number } {
  // FNV-1a: ids that were made one after the other differ in a few digits only.
  let sum = 0x811c9dc5
  for (const character of id) sum = Math.imul(sum ^ character.codePointAt(0)!, 0x01000193) >>> 0
  sum ^= sum >>> 15
  return { colour: COLOURS[(sum >>> 0) % COLOURS.length], pattern: Math.floor((sum >>> 0) / COLOURS.length) % PATTERNS }
}
