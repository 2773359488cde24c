import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Filling and removing take some seconds and are all or nothing: there is no share to show. */
export function DemoProgress({ doing }: { doing: 'filling' | 'removing' }) {
  const { t } = useTranslation('demo')
  return (
    <div role="status" style={{ padding: '10px 0 18px' }}>
      <div className="quiet">{t(doing)}</div>
      <Progress value={100} animated striped aria-label={t(doing)} mt={6} />
    </div>
  )
}
