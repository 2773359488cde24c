/**
 * A letter or sign of a script that sets no space between words, or joins particles to them: Japanese, Chinese, Korean, Thai,
 * Hebrew, Arabic and so on, with the full-width signs. Beside one, what follows needs no space to begin. Latin, Greek, Cyrillic,
 * Armenian and Georgian stand apart by spaces, as the rules of Markdown and of addresses take for granted.
 */
export const JOINED = '[\\u2e80-\\u33ff\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff00-\\uffef]|(?![\\p{sc=Latin}\\p{sc=Greek}\\p{sc=Cyrillic}\\p{sc=Armenian}\\p{sc=Georgian}\\p{sc=Common}\\p{sc=Inherited}])[\\p{L}\\p{M}\\p{N}\\p{P}]'

/** Signs that end or enclose a sentence and are none of ASCII's: 。 ） ” ؟ । and their like in every script. */
export const CLOSING = '(?![\\0-\\x7f])[\\p{Terminal_Punctuation}\\p{Quotation_Mark}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}]'
