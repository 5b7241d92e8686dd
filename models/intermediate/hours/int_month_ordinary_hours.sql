-- Grain: person x measured month x group in which ordinary hours count, once the person has worked any. Rules: H-01.
with final as (
    select
        months.spell_key,
        months.measure_month,
        {{ hundredths_through('at_end', 'months.measurement_date', 'calendar_days_through') }}
        - {{ hundredths_through('at_start', 'months.window_start_date - 1', 'calendar_days_through') }} as hundredths
    from {{ ref('int_measured_months') }} as months
    inner join {{ ref('int_ordinary_hours') }} as at_end
        on
            months.person_key = at_end.person_key
            and months.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_ordinary_hours') }} as at_start
        on
            months.person_key = at_start.person_key
            and months.window_start_date - 1 between at_start.start_date and at_start.until_date
    where months.counts_ordinary_hours
)

select * from final
