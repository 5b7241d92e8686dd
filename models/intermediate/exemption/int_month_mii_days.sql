-- Grain: person x measured month x group with days of mindre intensiv indsats (MII) in the window. Rules: E-03.
with windows as (
    select
        months.spell_key,
        months.measure_month,
        {{ period_days_through('at_end', 'months.measurement_date') }}
        - {{ period_days_through('at_start', 'months.window_start_date - 1') }} as mii_days
    from {{ ref('int_measured_months') }} as months
    inner join {{ ref('int_mii_stretches') }} as at_end
        on
            months.person_key = at_end.person_key
            and months.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_mii_stretches') }} as at_start
        on
            months.person_key = at_start.person_key
            and months.window_start_date - 1 between at_start.start_date and at_start.until_date
),

final as (
    select *
    from windows
    where mii_days > 0
)

select * from final
