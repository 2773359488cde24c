import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import classes from './CodeBlock.module.css'

// Highlighting a huge paste would hold up the page; it stays readable without.
const LONGEST = 20_000

/** A block of code: shown at once as it is, coloured when the highlighter has been fetched. */
export function CodeBlock({ code, language }: { code: string; language: string | null }) {
  const { t } = useTranslation('entries')
  const coloured = useHighlight(code, language)
  return (
    <div className={classes.block}>
      {language && <span className={classes.language}>{language}</span>}
      <CopyCode code={code} />
      <pre tabIndex={0} aria-label={language ? t('code_in', { language }) : t('code')}><code>{coloured ?? code}</code></pre>
    </div>
  )
}

function useHighlight(code: string, language: string | null) {
  const [coloured, setColoured] = useState<ReactNode>(null)
  useEffect(() => {
    let isCurrent = true
    if (language && code.length <= LONGEST)
      void import('./highlight.tsx').then(({ highlight }) => isCurrent && setColoured(highlight(code, language)), () => {})
    return () => {
      isCurrent = false
      setColoured(null)
    }
  }, [code, language])
  return coloured
}

function CopyCode({ code }: { code: string }) {
  const { t } = useTranslation('entries')
  const [isCopied, setIsCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(code).then(() => {
    setIsCopied(true)
    setTimeout(() => setIsCopied(false), 1500)
  })
  return (
    <IconButton className={classes.copy} outlined size={28} onClick={copy} label={isCopied ? t('copied') : t('copy_code')}>
      {isCopied ? <IconCheck size={15} stroke={1.75} /> : <IconCopy size={15} stroke={1.75} />}
    </IconButton>
  )
}
