-- A line for each object. Expressions are not compared: PostgreSQL writes some of them differently after a restore.
with ours as (
  select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
),
owned as (
  select classid, objid from pg_depend where deptype = 'e'
),
relation as (
  select c.*, format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join ours n on n.oid = c.relnamespace
   where c.relpersistence <> 't'
     and not exists (select from owned where classid = 'pg_class'::regclass and objid = c.oid)
)
select 'schema ' || nspname
  from ours where not exists (select from owned where classid = 'pg_namespace'::regclass and objid = oid)
union all
select 'extension ' || extname from pg_extension
union all
select case relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                    when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table'
                    when 'c' then 'type' end
       || ' ' || name
       || case when relrowsecurity then ' (row security)' else '' end
  from relation where relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')
union all
select 'column ' || r.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || case when a.attnotnull then ' not null' else '' end
       || case when a.attidentity <> '' then ' identity' when a.attgenerated <> '' then ' generated'
               when a.atthasdef then ' default' else '' end
  from relation r join pg_attribute a on a.attrelid = r.oid
 where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and a.attnum > 0 and not a.attisdropped
union all
select 'index ' || r.name || ' on ' || x.indrelid::regclass || ' using ' || m.amname
       || case when x.indisunique then ' unique' else '' end
       || case when x.indpred is not null then ' partial' else '' end
       || ' of ' || x.indnatts
  from relation r join pg_index x on x.indexrelid = r.oid join pg_am m on m.oid = r.relam
 where r.relkind in ('i', 'I')
   -- One that a broken CREATE INDEX CONCURRENTLY left is not dumped.
   and (x.indisvalid or r.relkind = 'I')
union all
-- Of each kind but NOT NULL, which is the column's.
select 'constraint ' || r.name || '.' || k.conname || ' ' || k.contype::text
       || coalesce(' (' || (select string_agg(a.attname, ', ' order by i.nr)
                              from unnest(k.conkey) with ordinality as i (num, nr)
                              join pg_attribute a on a.attrelid = k.conrelid and a.attnum = i.num) || ')', '')
       || case when k.confrelid <> 0 then ' to ' || k.confrelid::regclass else '' end
       || case when k.convalidated then '' else ' not valid' end
  from relation r join pg_constraint k on k.conrelid = r.oid
 where k.contype in ('c', 'f', 'p', 'u', 'x')
union all
select 'enum ' || t.oid::regtype || ': '
       || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
             from pg_enum e where e.enumtypid = t.oid)
  from pg_type t join ours n on n.oid = t.typnamespace
 where t.typtype = 'e' and not exists (select from owned where classid = 'pg_type'::regclass and objid = t.oid)
union all
select 'domain ' || t.oid::regtype || ' ' || format_type(t.typbasetype, t.typtypmod)
       || (select ' checks ' || count(*) from pg_constraint k where k.contypid = t.oid and k.contype = 'c')
  from pg_type t join ours n on n.oid = t.typnamespace
 where t.typtype = 'd' and not exists (select from owned where classid = 'pg_type'::regclass and objid = t.oid)
union all
select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end
       || ' ' || p.oid::regprocedure
  from pg_proc p join ours n on n.oid = p.pronamespace
 where not exists (select from owned where classid = 'pg_proc'::regclass and objid = p.oid)
   -- Made with a range type.
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
union all
select 'trigger ' || r.name || '.' || g.tgname || case when g.tgenabled = 'D' then ' (disabled)' else '' end
  from relation r join pg_trigger g on g.tgrelid = r.oid where not g.tgisinternal
union all
select 'rule ' || r.name || '.' || w.rulename
  from relation r join pg_rewrite w on w.ev_class = r.oid where w.rulename <> '_RETURN'
union all
select 'policy ' || r.name || '.' || p.polname from relation r join pg_policy p on p.polrelid = r.oid
union all
select 'statistics ' || format('%I.%I', n.nspname, s.stxname)
  from pg_statistic_ext s join ours n on n.oid = s.stxnamespace
union all
select 'event trigger ' || evtname
  from pg_event_trigger where not exists (select from owned where classid = 'pg_event_trigger'::regclass and objid = oid)
union all
select 'large objects ' || count(*) from pg_largeobject_metadata
