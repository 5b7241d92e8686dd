-- Rules: D-02, D-03. Source: 001, Hvordan beregnes ydelsesvarighed.
-- 64 days on 29 February 2020 are still 64 days on 30 June 2020, and 65 on 1 July 2020.
with final as (
    select measurement_date, duration
    from {{ ref('fct_person_months') }}
    where
        person_id = 'DAGE64'
        and duration <> case
            when measurement_date between date '2020-02-29' and date '2020-06-30' then 64
            when measurement_date = date '2020-07-01' then 65
        end
)

select * from final
