-- Rules: S-02. Source: 001, Hvordan beregnes ydelsesvarighed, Sygedagpengemodtagere.
-- A row that starts on the last day of another, or the day after, is a spell of its own: 1-10, 10-20 and 21-31 March 2019.
with final as (
    select spells.start_date, spells.end_date
    from {{ ref('fct_spells') }} as spells
    cross join {{ ref('int_as_of') }} as as_of
    where
        spells.person_id = 'SYG_TOUCH'
        and spells.benefit_group = 'sygedagpenge'
        and as_of.as_of_date >= date '2019-03-31'
        and (spells.start_date, spells.end_date) not in (
            (date '2019-03-01', date '2019-03-10'),
            (date '2019-03-10', date '2019-03-20'),
            (date '2019-03-21', date '2019-03-31')
        )
)

select * from final
