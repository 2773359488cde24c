import type { BrowserContext, Page } from 'playwright-core'

/** Sees everything that must not happen in a page, whatever a test looks at. */
export class Watch {
  #faults: string[] = []
  #forgiven: RegExp[] = []

  async over(context: BrowserContext) {
    // What the policy refuses is also written to the console, but not in every case; dialogs would hold up the page.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        console.error(`refused by the content security policy: ${effectiveDirective} ${blockedURI}`))
      for (const name of ['alert', 'confirm', 'prompt', 'print'] as const)
        Object.assign(window, { [name]: () => console.error(`a script ran: ${name}`) })
    })
    context.on('page', (page) => this.#follow(page))
  }

  /** Faults that fit are wanted from now to the end of the test. */
  forgive(pattern: RegExp) {
    this.#forgiven.push(pattern)
  }

  /** What happened since the last time, without what was forgiven. */
  takeAll(): string[] {
    const faults = this.#faults.filter((fault) => !this.#forgiven.some((pattern) => pattern.test(fault)))
    this.#faults = []
    this.#forgiven = []
    return faults
  }

  #follow(page: Page) {
    const note = (fault: string) => this.#faults.push(`${fault} at ${page.url()}`)
    page.on('pageerror', (error) => note(`uncaught: ${error.stack ?? error}`))
    page.on('console', (message) => message.type() === 'error' && note(`${message.text()} ${message.location().url ?? ''}`))
    page.on('crash', () => note('the page crashed'))
    page.on('response', (response) => response.status() >= 400 && note(`${response.status()} for ${response.url()}`))
    page.on('requestfailed', (request) => {
      const { errorText = '' } = request.failure() ?? {}
      // What a page no longer wants, it takes back.
      if (errorText !== 'net::ERR_ABORTED') note(`${errorText} for ${request.url()}`)
    })
    page.on('dialog', (dialog) => {
      note(`a dialog: ${dialog.type()} ${dialog.message()}`)
      void dialog.dismiss().catch(() => {})
    })
  }
}
