// Runs before the first paint, as a file because the content security policy allows no inline script.
(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('folkmoot.theme')
  } catch {
    // Storage may be forbidden; the system's choice is then the right one.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
