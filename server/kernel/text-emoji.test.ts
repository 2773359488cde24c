import emoji from 'emojibase-data/en/data.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { canonicalEmoji } from './text-emoji.ts'

test('an emoji has one form, with a variation selector only where it is needed', () => {
  for (const [written, form] of [
    ['👍', '👍'], ['👍\ufe0f', '👍'], ['❤', '❤\ufe0f'], ['❤\ufe0f', '❤\ufe0f'], ['❤\u200d🔥', '❤\ufe0f\u200d🔥'], ['1\u20e3', '1\ufe0f\u20e3'],
    ['☝🏽', '☝🏽'], ['☝\ufe0f🏽', '☝🏽'], ['⛹🏽\u200d♂', '⛹🏽\u200d♂\ufe0f'], ['🏳\u200d🌈', '🏳\ufe0f\u200d🌈'], ['🇦🇹', '🇦🇹'], ['12', '12'],
    [':party:', ':party:'], [':❤:', ':❤:'],
  ]) expect(canonicalEmoji(written), written).toBe(form)
})

test('every emoji there is keeps its selectors where Unicode has them, and gets them back', () => {
  const all = emoji.flatMap(({ emoji: one, skins = [] }: { emoji: string; skins?: { emoji: string }[] }) => [one, ...skins.map((skin) => skin.emoji)])
    .filter((one) => /^\p{RGI_Emoji}$/v.test(one))
  expect(all.length).toBeGreaterThan(3500)
  for (const one of all) expect([canonicalEmoji(one), canonicalEmoji(one.replaceAll('\ufe0f', ''))]).toEqual([one, one])
})
