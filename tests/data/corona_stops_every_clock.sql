-- Rules: D-02, D-03.
-- From March to June 2020 no duration grows: what a spell has reached stays the same in every one of these months.
with final as (
    select spell_id, min(duration) as shortest, max(duration) as longest
    from {{ ref('fct_person_months') }}
    where measure_month between date '2020-03-01' and date '2020-06-01'
    group by spell_id
    having min(duration) <> max(duration)
)

select * from final
