import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { focused } from '../typing.ts'

type Props = Omit<ModalProps, 'opened' | 'onClose' | 'title'> & { title: ReactNode; close: () => void }

/** A dialog that is open while it is mounted; afterwards the focus is where it was, unless it was led elsewhere. */
export function Dialog({ title, close, children, ...rest }: Props) {
  const { t } = useTranslation('kernel')
  useEffect(() => {
    const before = focused() as HTMLElement | null
    return () => {
      setTimeout(() => {
        if (!document.activeElement || document.activeElement === document.body) before?.focus({ preventScroll: true })
      })
    }
  }, [])
  return (
    // What lies behind stands still by base.css: Mantine would write a style into the page for it, which its policy refuses.
    <Modal opened onClose={close} title={title} lockScroll={false} returnFocus={false} closeButtonProps={{ 'aria-label': t('close') }} {...rest}>
      {children}
    </Modal>
  )
}
