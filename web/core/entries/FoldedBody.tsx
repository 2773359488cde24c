import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { Markdown } from './Markdown.tsx'
import classes from './FoldedBody.module.css'

const TALLEST = 480

/** A body, folded when it is taller than a screen's reading. */
export function FoldedBody({ entry, level }: { entry: Entry; level: number }) {
  const { t } = useTranslation('entries')
  const ref = useRef<HTMLDivElement>(null)
  const [isTall, setIsTall] = useState(false)
  const [isOpen, setIsOpen] = useState(false)
  const measure = () => setIsTall((ref.current?.scrollHeight ?? 0) > TALLEST + 120)
  useLayoutEffect(measure, [entry.body])
  useEffect(() => {
    const observer = new ResizeObserver(measure)
    if (ref.current?.firstElementChild) observer.observe(ref.current.firstElementChild)
    return () => observer.disconnect()
  }, [])
  if (!entry.body) return null
  return (
    <div className={classes.folded}>
      <div ref={ref} className={classes.text} data-folded={(isTall && !isOpen) || undefined} style={isTall && !isOpen ? { maxHeight: TALLEST } : undefined}>
        <Markdown body={entry.body} mentions={entry.mentions} level={level} />
      </div>
      {isTall && <button type="button" className="text-button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>{isOpen ? t('show_less') : t('show_more')}</button>}
    </div>
  )
}
