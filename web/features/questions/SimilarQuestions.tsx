import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldsProps } from '../../core/entries/kinds.ts'
import { paths } from '../../kernel/paths.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { isAnswered } from './apply.ts'
import { useSimilar } from './queries.ts'
import classes from './Question.module.css'

const PAUSE = 350

/** While somebody asks: what was asked in much the same words, so that they find the answer instead. */
export function SimilarQuestions({ title }: FieldsProps) {
  const { t } = useTranslation('questions')
  const found = useSimilar(useSettled(title.trim()))
  return (
    <div aria-live="polite">
      {found.length > 0 && (
        <div className={classes.similar}>
          <p>{t('similar')}</p>
          <ul>
            {found.map((one) => (
              <li key={one.id}><Link to={paths.entry(one.id)} target="_blank" dir="auto">{one.title}</Link>{isAnswered(one) && <Chip>{t('answered')}</Chip>}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** What was typed, once it has stood for a moment. */
export function useSettled(text: string) {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
