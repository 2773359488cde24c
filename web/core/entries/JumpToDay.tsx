import { IconCalendar, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import list from './EntryList.module.css'

/** Reads a space from a day on: everything in the order it was said, beginning there. */
export function JumpToDay() {
  const { t } = useTranslation('entries')
  const setSearch = useSetSearch()
  const day = useSearchParam('day')
  const [isAsked, setAsked] = useState(false)
  const go = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const chosen = String(new FormData(event.currentTarget).get('day'))
    setAsked(false)
    if (chosen) void setSearch({ view: 'flat', day: chosen })
  }
  if (isAsked)
    return (
      <form className={list.day} onSubmit={go} onKeyDown={(event) => event.key === 'Escape' && setAsked(false)}>
        <input type="date" name="day" required autoFocus aria-label={t('day')} defaultValue={day} max={new Date().toLocaleDateString('sv-SE')} />
        <button type="submit" className="text-button">{t('day_go')}</button>
      </form>
    )
  return (
    <span className={list.day}>
      <button type="button" className="text-button" aria-label={day ? undefined : t('to_day')} title={t('to_day')} onClick={() => setAsked(true)}>
        <IconCalendar size={16} stroke={1.75} aria-hidden />{day && t('from_day', { day: new Date(`${day}T12:00`).toLocaleDateString(t('kernel:locale'), { dateStyle: 'medium' }) })}
      </button>
      {day && <button type="button" className="text-button" aria-label={t('to_newest')} title={t('to_newest')} onClick={() => void setSearch({ day: undefined })}><IconX size={16} stroke={1.75} aria-hidden /></button>}
    </span>
  )
}
