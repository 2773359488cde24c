import type Sigma from 'sigma'

const LINE = 15

/** Saves what is to be seen as a PNG, with the names. @param names the elements that show them, over the drawing */
export function savePicture(sigma: Sigma, names: HTMLElement[], file: string): void {
  const { width, height } = sigma.getDimensions()
  const scale = window.devicePixelRatio || 1
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  const context = canvas.getContext('2d')!
  const style = getComputedStyle(document.documentElement)
  context.fillStyle = style.getPropertyValue('--paper')
  context.fillRect(0, 0, canvas.width, canvas.height)
  // Drawn and read in one go: WebGL forgets its picture afterwards.
  sigma.refresh()
  for (const layer of ['edges', 'nodes']) context.drawImage(sigma.getCanvases()[layer], 0, 0, canvas.width, canvas.height)
  context.scale(scale, scale)
  context.textAlign = 'center'
  context.textBaseline = 'top'
  context.lineWidth = 3
  context.strokeStyle = style.getPropertyValue('--paper')
  const origin = sigma.getContainer().getBoundingClientRect()
  for (const name of names) drawName(context, name, origin)
  canvas.toBlob((blob) => blob && download(blob, file), 'image/png')
}

function drawName(context: CanvasRenderingContext2D, name: HTMLElement, origin: DOMRect): void {
  const box = name.getBoundingClientRect()
  const style = getComputedStyle(name)
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.fillStyle = style.color
  const text = (name.firstElementChild as HTMLElement).innerText
  linesOf(context, text, box.width).forEach((line, i) => {
    const [x, y] = [box.left - origin.left + box.width / 2, box.top - origin.top + 2 + i * LINE]
    context.strokeText(line, x, y)
    context.fillText(line, x, y)
  })
}

function linesOf(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (context.measureText(longer).width <= width + 2 || !lines.at(-1)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** Gives the browser a file to keep. */
function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
