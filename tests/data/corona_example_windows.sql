-- Rules: D-02, T-06. Source: 001, Hvordan beregnes ydelsesvarighed: kontanthjælp 1 January 2019 - 31 December 2020.
-- The window reaches back over the corona period: to 1 March 2019 in May 2020, to 1 September 2019 in December 2020.
with final as (
    select measurement_date, window_start_date, is_12_plus
    from {{ ref('fct_person_months') }}
    where
        person_id = 'CORONA'
        and (window_start_date, is_12_plus) <> case measurement_date
            when date '2020-05-31' then (date '2019-03-01', true)
            when date '2020-12-31' then (date '2019-09-01', true)
        end
)

select * from final
