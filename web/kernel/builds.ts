/**
 * Begins the page anew, where it is, when a part of it cannot be fetched because the server has a newer build.
 * Whoever is offline keeps the page: what is open can still be read.
 */
export function followBuilds(): void {
  addEventListener('vite:preloadError', () => void isOutdated().then((outdated) => outdated && location.reload()))
}

/** Does the server's page begin with another script than this one did? Then a reload helps, and only once. */
async function isOutdated(): Promise<boolean> {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src')
  const page = await fetch('/', { cache: 'no-store' }).then((answer) => (answer.ok ? answer.text() : ''), () => '')
  return !!own && page.includes('type="module"') && !page.includes(own)
}
