const SELECTOR = /\ufe0f/g
// Signs that are words by default (☀, ❤, the 1 of a keycap) become pictures only with the selector after them;
// a skin tone makes a picture as well.
const WORD_SIGN = /(?!\p{Emoji_Presentation})(?:[#*\d](?=\u20e3)|(?![#*\d])\p{Emoji})(?![\u{1f3fb}-\u{1f3ff}])/gu

/**
 * The one form of an emoji, which Unicode calls fully qualified: with the variation selector U+FE0F where it is needed
 * and nowhere else, however a keyboard wrote it. A custom emoji's name stays as it is.
 *
 *     canonicalEmoji('👍\ufe0f')  // '👍'
 *     canonicalEmoji('❤')         // '❤\ufe0f'
 */
export const canonicalEmoji = (emoji: string): string =>
  emoji.startsWith(':') ? emoji : emoji.replace(SELECTOR, '').replace(WORD_SIGN, '$&\ufe0f')
