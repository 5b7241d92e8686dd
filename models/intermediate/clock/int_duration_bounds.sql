-- Grain: clock unit x insurance form x duration interval. Rules: T-05.
-- Skema 1 in clock units: days, or hundredths of an hour. upper_units is the first unit of the next interval.
with bounds as (
    select
        {{ code('clock_unit', 'clock_unit') }} as clock_unit,
        {{ code('insurance_form', 'insurance_form') }} as insurance_form,
        {{ code('duration_interval', 'duration_interval') }} as duration_interval,
        duration_total,
        sort_order,
        cast(lower_bound * case clock_unit when 'hours' then 100 else 1 end as bigint) as lower_units
    from {{ ref('duration_intervals') }}
),

final as (
    select
        *,
        coalesce(
            lead(lower_units) over (partition by clock_unit, insurance_form order by sort_order),
            9223372036854775807
        ) as upper_units
    from bounds
)

select * from final
