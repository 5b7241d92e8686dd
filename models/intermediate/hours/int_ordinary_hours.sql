-- Grain: person x stretch of ordinary hours (ordinære løntimer). Rules: H-01.
-- Income rows spread over their calendar days, outside dead periods, of persons with a spell.
with income_rows as (
    select
        income.person_key,
        income.start_date,
        least(income.end_date, as_of.as_of_date) as end_date,
        income.hundredths as spread_hundredths,
        income.end_date - income.start_date + 1 as spread_days,
        {{ calendar_days_through('income.start_date - 1') }} as spread_base
    from {{ ref('stg_income__working_hours') }} as income
    cross join {{ ref('int_as_of') }} as as_of
    semi join {{ ref('int_merged_spells') }} as spells on income.person_key = spells.person_key
    where income.start_date <= as_of.as_of_date
),

final as ({{ hours_time_line('income_rows', 'calendar_days_through') }})

select * from final
