-- Grain: spell. Rules: S-01 to S-06.
-- The spell under its published ids, with the day after the group's spell before it: what happened since explains the start.
with final as (
    select
        spells.*,
        coalesce(
            max(spells.end_date) over (
                partition by spells.person_id, spells.benefit_group order by spells.first_day
                rows between unbounded preceding and 1 preceding
            ) + 1,
            {{ before_time() }}
        ) as explained_from
    from {{ ref('int_spells') }} as spells
)

select * from final
