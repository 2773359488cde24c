import { sql } from 'kysely'
import type { Step } from '../../kernel/schema.ts'

/**
 * Numbers that stand in every audience line: how many people are no guests and take part, how many of them an import has brought
 * who have not come yet, and how many guests are in a space.
 * Kept by the tables themselves, because people and memberships come and go by many ways: the door, letters, imports.
 */
declare module '../../kernel/db.ts' { interface Tables { network_counts: { singleton: boolean; people: number; imported: number } } }

export const migrations: Record<string, Step> = {
  '0270-kept-counts': {
    up: (db) => sql`
      create table network_counts (singleton boolean primary key default true check (singleton), people int not null);
      insert into network_counts (people) select count(*) from people where role <> 'guest' and state <> 'deactivated';
      alter table spaces add guest_count int not null default 0;
      update spaces s set guest_count = g.n from (select m.space_id, count(*)::int as n from people p join memberships m on m.person_id = p.id
        where p.role = 'guest' and p.state <> 'deactivated' group by 1) g where g.space_id = s.id;

      create function keep_people_count() returns trigger language plpgsql as $$
      declare more int := 0;
      begin
        if tg_op <> 'DELETE' then select more + count(*) into more from now_there where role <> 'guest' and state <> 'deactivated'; end if;
        if tg_op <> 'INSERT' then select more - count(*) into more from were_there where role <> 'guest' and state <> 'deactivated'; end if;
        if more <> 0 then update network_counts set people = people + more; end if;
        return null;
      end $$;
      create trigger count_in after insert on people referencing new table as now_there for each statement execute function keep_people_count();
      create trigger count_out after delete on people referencing old table as were_there for each statement execute function keep_people_count();
      create trigger count_changed after update on people referencing old table as were_there new table as now_there
        for each statement execute function keep_people_count();

      create function keep_guests_of_person() returns trigger language plpgsql as $$
      declare step int := (new.role = 'guest' and new.state <> 'deactivated')::int - (old.role = 'guest' and old.state <> 'deactivated')::int;
      begin
        if step <> 0 then update spaces set guest_count = guest_count + step where id in (select space_id from memberships where person_id = new.id); end if;
        return null;
      end $$;
      create trigger guests after update of role, state on people for each row execute function keep_guests_of_person();
      create function keep_guest_count() returns trigger language plpgsql as $$
      declare of_whom uuid := coalesce(new.person_id, old.person_id); step int := case tg_op when 'INSERT' then 1 else -1 end;
      begin
        if exists (select from people where id = of_whom and role = 'guest' and state <> 'deactivated')
        then update spaces set guest_count = guest_count + step where id = coalesce(new.space_id, old.space_id); end if;
        return null;
      end $$;
      create trigger guests after insert or delete on memberships for each row execute function keep_guest_count()`.execute(db),
  },
  '0380-count-imported': {
    up: (db) => sql`
      alter table network_counts add imported int not null default 0;
      update network_counts set imported = (select count(*) from people where role <> 'guest' and state = 'imported');
      create or replace function keep_people_count() returns trigger language plpgsql as $$
      declare more int := 0; yet int := 0;
      begin
        if tg_op <> 'DELETE' then
          select more + count(*), yet + count(*) filter (where state = 'imported') into more, yet from now_there where role <> 'guest' and state <> 'deactivated';
        end if;
        if tg_op <> 'INSERT' then
          select more - count(*), yet - count(*) filter (where state = 'imported') into more, yet from were_there where role <> 'guest' and state <> 'deactivated';
        end if;
        if more <> 0 or yet <> 0 then update network_counts set people = people + more, imported = imported + yet; end if;
        return null;
      end $$`.execute(db),
  },
}
