import { useTranslation } from 'react-i18next'

export function UndoMessage({ message, undo }: { message: string; undo: () => void }) {
  const { t } = useTranslation('kernel')
  return (
    <span>
      {message}{' '}
      <button type="button" className="text-button" onClick={undo}>{t('undo')}</button>
    </span>
  )
}
