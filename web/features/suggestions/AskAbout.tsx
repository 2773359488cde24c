import { Button, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import classes from './Suggestions.module.css'

/** The way to people who know: by what they answered, which the search shows. */
export function AskAbout() {
  const { t } = useTranslation('suggestions')
  const go = useNavigate()
  const [about, setAbout] = useState('')
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (about.trim()) void go({ to: paths.search, search: { q: about.trim() } })
  }
  return (
    <form className={classes.ask} onSubmit={ask}>
      <TextInput label={t('ask_about')} description={t('ask_about_hint')} value={about} maxLength={200} onChange={(event) => setAbout(event.currentTarget.value)} enterKeyHint="search" />
      <Button type="submit" variant="default">{t('ask_find')}</Button>
    </form>
  )
}
