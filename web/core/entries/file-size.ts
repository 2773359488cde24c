const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte']

/** "340 kB", "1.2 MB" in the reader's language. */
export function fileSize(locale: string, bytes: number) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(locale, { style: 'unit', unit: UNITS[step], unitDisplay: 'short', maximumFractionDigits: step > 1 ? 1 : 0 })
    .format(bytes / 1000 ** step)
}
