import { sql } from 'kysely'
import { ENOUGH } from '../../kernel/weeks.ts'
import { isHuman, takesPart } from './taking-part.ts'

/**
 * Where people are, as far as that is known, as the table `sites` (person, site, kind): by the domain of their address,
 * or where all have the same one, by their time zone. A site has eight people at least.
 */
export const sites = sql`
  domains as materialized (select lower(split_part(email, '@', 2)) as site from people
    where ${isHuman()} and ${takesPart()} and email is not null group by 1 having count(*) >= ${sql.lit(ENOUGH)}),
  zones as materialized (select time_zone as site from people
    where ${isHuman()} and ${takesPart()} and time_zone <> '' group by 1 having count(*) >= ${sql.lit(ENOUGH)}),
  sites as materialized (
    select p.id as person, d.site, 'domain' as kind from people p join domains d on d.site = lower(split_part(p.email, '@', 2)) where (select count(*) from domains) > 1
    union all
    select p.id, z.site, 'time_zone' from people p join zones z on z.site = p.time_zone where (select count(*) from domains) < 2 and (select count(*) from zones) > 1)`

/** Who is in which department, as the table `departments` (person, site): as people name them in their profiles, of eight people at least. */
export const departments = sql`departments as materialized (
  select id as person, lower(trim(department)) as site from people where ${isHuman()} and ${takesPart()} and lower(trim(department)) in (
    select lower(trim(department)) from people where ${isHuman()} and ${takesPart()} and trim(department) <> '' group by 1 having count(*) >= ${sql.lit(ENOUGH)}))`
