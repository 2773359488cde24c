import { TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kernel/ui/IconButton.tsx'
import classes from './Options.module.css'

/** An option that is there already has its id. */
export type OptionLine = { id?: string; text: string }

const FEWEST = 2
type Props = { options: OptionLine[]; most: number; onChange: (options: OptionLine[]) => void }

/** A line for each option, `most` at most; those that say nothing are left out. */
export function OptionLines({ options, most, onChange }: Props) {
  const { t } = useTranslation('options')
  const [lines, setLines] = useState<OptionLine[]>(() => [...options, ...Array.from({ length: Math.max(0, FEWEST - options.length) }, () => ({ text: '' }))])
  const put = (next: OptionLine[]) => {
    setLines(next)
    onChange(next.map((line) => ({ ...line, text: line.text.trim() })).filter(({ text }) => text))
  }
  return (
    <fieldset className={classes.options}>
      <legend>{t('options')}</legend>
      {lines.map((line, at) => (
        <div key={at} className={classes.row}>
          <TextInput className={classes.grow} aria-label={t('option', { number: at + 1 })} placeholder={t('option', { number: at + 1 })} maxLength={300} value={line.text} onChange={(event) => put(lines.with(at, { ...line, text: event.currentTarget.value }))} />
          {lines.length > FEWEST && <IconButton size={32} label={t('option_out', { number: at + 1 })} onClick={() => put(lines.toSpliced(at, 1))}><IconX size={16} stroke={1.75} /></IconButton>}
        </div>
      ))}
      {lines.length < most && <button type="button" className={classes.add} onClick={() => put([...lines, { text: '' }])}><IconPlus size={15} stroke={1.75} aria-hidden />{t('option_more')}</button>}
    </fieldset>
  )
}
