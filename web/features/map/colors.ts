/** The colours of the picture, made of those of the theme. WebGL knows no CSS variables. */
export type Colors = ReturnType<typeof readColors>

export function readColors() {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => rgbOf(style.getPropertyValue(name).trim())
  const [paper, ink, moss] = [token('--paper'), token('--ink-3'), token('--moss')]
  const mix = (a: Rgb, b: Rgb, part: number) => css(a.map((value, i) => Math.round(value + (b[i] - value) * part)) as Rgb)
  return {
    paper: css(paper), ink: css(token('--ink')), quiet: css(ink), moss: css(moss),
    /** The more stays among its people, the darker a region; unknown is paper. */
    disc: (step: number | null, isMine: boolean) => mix(paper, isMine ? moss : ink, step === null ? 0.05 : 0.1 + step * 0.07),
    ring: (isMine: boolean, isChosen: boolean) => (isChosen ? css(token('--ink')) : mix(paper, isMine ? moss : ink, isMine ? 0.9 : 0.45)),
    dot: (isMine: boolean) => mix(paper, isMine ? moss : ink, 0.75),
    link: (isLit: boolean, isDimmed: boolean) => mix(paper, isLit ? moss : ink, isLit ? 0.85 : isDimmed ? 0.14 : 0.42),
  }
}

type Rgb = [number, number, number]
const css = ([r, g, b]: Rgb) => `rgb(${r}, ${g}, ${b})`
const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb
