-- Rules: S-02. Source: 001, Hvordan beregnes ydelsesvarighed, Sygedagpengemodtagere.
-- Rows of 1-5, 4-10 and 9-12 January overlap one by one and are one spell of 1-12 January, in whatever order they are delivered.
with final as (
    select spells.person_id, spells.start_date, spells.end_date
    from {{ ref('fct_spells') }} as spells
    cross join {{ ref('int_as_of') }} as as_of
    where
        spells.benefit_group = 'sygedagpenge'
        and (spells.start_date, spells.end_date) <> case
            when as_of.as_of_date < date '2021-01-12' then null
            when spells.person_id = 'SYG_OVERLAP' then (date '2019-01-01', date '2019-01-12')
            when spells.person_id = 'ABC' then (date '2021-01-01', date '2021-01-12')
        end
)

select * from final
