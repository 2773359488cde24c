import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DemoStatus } from './demo.ts'

export function DemoProgress({ status }: { status?: DemoStatus }) {
  const { t } = useTranslation('demo')
  const share = status?.total ? (100 * (status.done ?? 0)) / status.total : 100
  const label = t(status?.state === 'removing' ? 'removing' : 'filling')
  return (
    <div role="status" style={{ padding: '10px 0 18px' }}>
      <div className="quiet">{label}</div>
      <Progress value={share} animated={!status?.total} striped={!status?.total} aria-label={label} mt={6} />
    </div>
  )
}
