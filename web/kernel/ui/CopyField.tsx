import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../announce.tsx'
import classes from './CopyField.module.css'

/** A text to take along, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('kernel')
  const [isCopied, setCopied] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const copy = async () => {
    field.current?.select()
    // The clipboard is closed to pages without https; the text is then selected and can be copied by hand.
    await navigator.clipboard?.writeText(value).catch(() => {})
    setCopied(!!navigator.clipboard)
    announce(t('copied'))
  }
  return (
    <div className={classes.box}>
      <label htmlFor={id}>{label}</label>
      <div className={classes.line}>
        <input ref={field} id={id} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
        <Button variant="default" onClick={copy} leftSection={isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}>
          {t(isCopied ? 'copied' : 'copy')}
        </Button>
      </div>
    </div>
  )
}
