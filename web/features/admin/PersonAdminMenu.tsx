import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canManage } from '../../core/people/policy.ts'
import { peopleKeys } from '../../core/people/queries.ts'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Person, Role } from '../../kernel/types.ts'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import classes from './PersonAdminMenu.module.css'

const ROLES: Role[] = ['owner', 'admin', 'member', 'guest']

/** Role and state of one person, for administrators. */
export function PersonAdminMenu({ person }: { person: Person }) {
  const { t } = useTranslation('admin')
  const me = useMe()
  const [isAsking, setAsking] = useState(false)
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
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('people.manage', { name: person.name })}><IconDots size={18} stroke={1.75} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('people.role')}</Menu.Label>
          {roles.map((one) => (
            <Menu.Item key={one} role="menuitemradio" aria-checked={person.role === one} onClick={() => change.mutate({ role: one })}
              rightSection={person.role === one && <IconCheck size={16} aria-hidden />}>
              {t(`people:role.${one}`)}
            </Menu.Item>
          ))}
          {person.id !== me.id && <Menu.Divider />}
          {person.id !== me.id && (person.state === 'deactivated'
            ? <Menu.Item onClick={() => change.mutate({ state: 'active' })}>{t('people.reactivate')}</Menu.Item>
            : <Menu.Item color="berry" onClick={() => setAsking(true)}>{t('people.deactivate')}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog opened={isAsking} onClose={() => setAsking(false)} danger title={t('people.deactivate_title', { name: person.name })}
        action={t('people.deactivate')} busy={change.isPending} onConfirm={() => change.mutate({ state: 'deactivated' }, { onSettled: () => setAsking(false) })}>
        {t('people.deactivate_text')}
      </ConfirmDialog>
    </>
  )
}
