-- Rules: S-01, S-02. A published bug of another measurement code, as a fixture.
-- Single days 1 January, 1 and 2 February 2021: one spell of kontanthjælp (no whole month between), three of sygedagpenge.
with final as (
    select spells.person_id, spells.start_date, spells.end_date
    from {{ ref('fct_spells') }} as spells
    cross join {{ ref('int_as_of') }} as as_of
    where
        as_of.as_of_date >= date '2021-02-02'
        and (spells.start_date, spells.end_date) <> case spells.person_id
            when 'ENKELTDAGE_SYG' then (spells.start_date, spells.start_date)
            when 'ENKELTDAGE_KTH' then (date '2021-01-01', date '2021-02-02')
        end
)

select * from final
