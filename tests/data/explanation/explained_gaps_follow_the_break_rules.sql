-- Rules: S-01, S-02, S-03.
-- Every spell but the first of its group says what began it, once; a gap of a municipal spell is bridged exactly when no whole
-- month lies in it, and an absence joins exactly when it begins before the one before it ends.
with spells as (
    select
        spell_key,
        person_id,
        benefit_group,
        row_number() over (partition by person_id, benefit_group order by first_day) > 1 as has_earlier_spell
    from {{ ref('int_explained_spells') }}
),

beginnings as (
    select spell_key, count(*) as told_beginnings
    from {{ ref('int_spell_gaps') }}
    where not is_joined
    group by spell_key
),

final as (
    select spells.person_id, spells.benefit_group, 'beginning' as problem
    from spells
    left join beginnings on spells.spell_key = beginnings.spell_key
    where coalesce(beginnings.told_beginnings, 0) <> case when spells.has_earlier_spell then 1 else 0 end
    union all
    select person_id, benefit_group, 'municipal gap' as problem
    from {{ ref('int_spell_gaps') }}
    where sentence in ('gap_joined', 'gap_breaks') and is_joined <> (whole_months < 1)
    union all
    select person_id, benefit_group, 'absence' as problem
    from {{ ref('int_spell_gaps') }}
    where sentence in ('sickness_joined', 'sickness_apart') and is_joined <> (start_date < previous_end_date)
)

select * from final
