-- Grain: one measured month. Rules: M-01, M-10, E-03, H-02.
-- The months to measure, each with the dated numbers in force in it.
with earliest_benefit_day as (
    select min(benefit_intervals.start_date) as start_date
    from {{ ref('int_benefit_intervals') }} as benefit_intervals
    inner join {{ ref('benefits') }} as benefits
        on benefit_intervals.benefit = benefits.benefit and benefits.is_measured
),

measured_period as (
    select
        coalesce(
            {{ month_setting('first_month', 'FOKUSMAAL_FIRST_MONTH') }},
            greatest({{ legal_date('measured_from') }}, {{ month_start('earliest_benefit_day.start_date') }})
        ) as first_month,
        coalesce(
            {{ month_setting('last_month', 'FOKUSMAAL_LAST_MONTH') }},
            {{ add_months(month_start('as_of.as_of_date + 1'), -1) }}
        ) as last_month
    from earliest_benefit_day
    cross join {{ ref('int_as_of') }} as as_of
),

months as (
    select {{ unnest_months('first_month', 'last_month') }} as measure_month
    from measured_period
),

parameters_in_force as (
    select
        months.measure_month,
        max(parameters.value) filter (where parameters.parameter = 'exempt_share') as exempt_percent,
        max(parameters.value) filter (where parameters.parameter = 'early_exempt_share') as early_exempt_percent,
        max(parameters.value) filter (where parameters.parameter = 'early_exempt_mii_days') as early_exempt_mii_days,
        max(parameters.value) filter (where parameters.parameter = 'required_conversations') as required_conversations,
        max(parameters.value) filter (where parameters.parameter = 'ordinary_hours') as ordinary_hours_limit
    from months
    inner join {{ rules('legal_parameters') }} as parameters
        on months.measure_month between parameters.valid_from and parameters.valid_to
    group by months.measure_month
),

final as (
    select
        measure_month,
        {{ month_end('measure_month') }} as month_end,
        cast(exempt_percent as integer) as exempt_percent,
        cast(early_exempt_percent as integer) as early_exempt_percent,
        cast(early_exempt_mii_days as integer) as early_exempt_mii_days,
        cast(required_conversations as integer) as required_conversations,
        cast(ordinary_hours_limit as integer) as ordinary_hours_limit
    from parameters_in_force
)

select * from final
