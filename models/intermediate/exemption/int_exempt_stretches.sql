-- Grain: person x measured group x stretch that begins with an exempt period. Rules: E-02.
-- Exempt clock units: those before the stretch, and the clock readings between which its own exempt units lie.
with day_readings as (
    select
        periods.*,
        {{ living_days_through('stretch', 'periods.start_date - 1') }} as units_before_period,
        {{ living_days_through('stretch', 'periods.start_date - 1') }}
        + (periods.end_date - periods.start_date + 1) as units_through_period
    from {{ ref('int_exempt_periods') }} as periods
    inner join {{ ref('benefits') }} as benefits on periods.benefit_group = benefits.benefit and benefits.clock_unit = 'days'
    inner join {{ ref('int_living_time') }} as stretch
        on
            periods.person_key = stretch.person_key
            and periods.start_date - 1 between stretch.start_date and stretch.end_date
),

hour_readings as (
    select
        periods.*,
        {{ hundredths_through('stretch_before', 'periods.start_date - 1') }} as units_before_period,
        {{ hundredths_through('stretch_at_end', 'periods.end_date') }} as units_through_period
    from {{ ref('int_exempt_periods') }} as periods
    inner join {{ ref('benefits') }} as benefits on periods.benefit_group = benefits.benefit and benefits.clock_unit = 'hours'
    left join {{ ref('int_dagpenge_hours') }} as stretch_before
        on
            periods.person_key = stretch_before.person_key
            and periods.start_date - 1 between stretch_before.start_date and stretch_before.until_date
    left join {{ ref('int_dagpenge_hours') }} as stretch_at_end
        on
            periods.person_key = stretch_at_end.person_key
            and periods.end_date between stretch_at_end.start_date and stretch_at_end.until_date
),

readings as (
    select * from day_readings
    union all
    select * from hour_readings
),

final as (
    select
        person_key,
        benefit_group,
        start_date,
        coalesce(lead(start_date) over time_line - 1, {{ forever() }}) as until_date,
        units_before_period,
        units_through_period,
        cast(
            sum(units_through_period - units_before_period) over time_line - (units_through_period - units_before_period)
            as bigint
        ) as exempt_units_before
    from readings
    window time_line as (partition by person_key, benefit_group order by start_date)
)

select * from final
