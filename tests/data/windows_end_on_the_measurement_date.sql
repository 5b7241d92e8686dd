-- Rules: M-02, T-06.
-- The measurement date lies in its month. The window starts on the spell start below twelve months, later or then from twelve
-- months on, and never after the measurement date.
with final as (
    select spell_id, measure_month, measurement_date, spell_start_date, window_start_date, is_12_plus
    from {{ ref('fct_person_months') }}
    where
        measurement_date not between measure_month and {{ month_end('measure_month') }}
        or window_start_date not between spell_start_date and measurement_date
        or (not is_12_plus and window_start_date <> spell_start_date)
)

select * from final
