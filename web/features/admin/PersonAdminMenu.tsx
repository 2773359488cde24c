import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canManage } from '../../core/people/policy.ts'
import { peopleKeys } from '../../core/people/queries.ts'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Person, Role } from '../../kernel/types.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { PasswordLinkDialog } from './PasswordLinkDialog.tsx'
import classes from './PersonAdminMenu.module.css'

const ROLES: Role[] = ['owner', 'admin', 'member', 'guest']

/** Role and state of one person, for administrators. */
export function PersonAdminMenu({ person }: { person: Person }) {
  const { t } = useTranslation('admin')
  const me = useMe()
  const [isAsking, setAsking] = useState(false)
  const [isMakingLink, setMakingLink] = useState(false)
  const change = useCommand<{ role?: Role; state?: 'active' | 'deactivated' }, Person>({
    run: (body) => api.patch<Person>(`/people/${person.id}`, body),
    done: () => void queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
    failed: t('people.failed', { name: person.name }),
  })
  const role = person.role !== 'guest' && <span className={classes.role}>{t(`people:role.${person.role}`)}</span>
  if (!canManage(me, person)) return role
  const roles = ROLES.filter((one) => one !== 'owner' || me.role === 'owner')
  return (
    <>
      {role}
      <ActionMenu label={t('people.manage', { name: person.name })} entries={[
        { heading: t('people.role') },
        ...roles.map((one) => ({ label: t(`people:role.${one}`), checked: person.role === one, run: () => change.mutate({ role: one }) })),
        person.id !== me.id && 'line',
        person.id !== me.id && person.kind === 'person' && person.state === 'active' && { label: t('people.password'), run: () => setMakingLink(true) },
        person.id !== me.id && (person.state === 'deactivated'
          ? { label: t('people.reactivate'), run: () => change.mutate({ state: 'active' }) }
          : { label: t('people.deactivate'), danger: true, run: () => setAsking(true) }),
      ]} />
      {isMakingLink && <PasswordLinkDialog person={person} close={() => setMakingLink(false)} />}
      <ConfirmDialog opened={isAsking} onClose={() => setAsking(false)} danger title={t('people.deactivate_title', { name: person.name })}
        action={t('people.deactivate')} busy={change.isPending} onConfirm={() => change.mutate({ state: 'deactivated' }, { onSettled: () => setAsking(false) })}>
        {t('people.deactivate_text')}
      </ConfirmDialog>
    </>
  )
}
