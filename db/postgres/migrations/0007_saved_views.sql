-- What users keep of a list: filters, order, columns. And skills are not lost under those who use them.

create table saved_views (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null references users on delete cascade,
  list text not null check (list in ('customers', 'contacts', 'tickets')),
  name text not null check (name <> ''),
  filters jsonb not null,
  sort text,
  columns jsonb not null,
  -- Seen by users of this role and above; null: by its owner.
  shared_with text check (shared_with in ('agent', 'supervisor', 'admin')),
  updated_at timestamptz not null default now()
);
create unique index saved_views_name on saved_views (owner_id, list, lower(name));
create index saved_views_shared on saved_views (list) where shared_with is not null;

create unique index skills_name_zh on skills (lower(name ->> 'zh'));
create unique index skills_name_en on skills (lower(name ->> 'en'));

-- A skill that an agent has or a queue asks for is not deleted.
alter table agent_skills
  drop constraint agent_skills_skill_id_fkey,
  add constraint agent_skills_skill foreign key (skill_id) references skills;
alter table queue_skills
  drop constraint queue_skills_skill_id_fkey,
  add constraint queue_skills_skill foreign key (skill_id) references skills;
create index agent_skills_skill on agent_skills (skill_id);
create index queue_skills_skill on queue_skills (skill_id);
